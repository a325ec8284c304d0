# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file may include headers of the layers below it only. The link line guards calls; this guards headers too."""
import re

import sources

# The longest matching folder decides; it may include project headers below these folders.
MAY_INCLUDE = {
    "models/domain": ["models/domain"],
    "models": ["models"],
    "providers": ["providers", "models/domain"],
    "ui": ["ui", "models"],
    "app": ["app", "providers", "models"],
    "app/desktop": ["app", "providers", "models", "ui"],
}
# Qt headers by the library they need: a layer without Gui has no business with QColor either.
GUI = r"Q(Widget|Application|GuiApplication|MainWindow|Dialog|Painter|Pixmap|Image|Icon|Color|Font|FontMetrics|Palette|Style\w*|" \
      r"Label|PushButton|(List|Tree|Table|Column|Graphics|AbstractItem)\w*View|Action|Menu|Layout|\w+Layout|Clipboard|Screen|Svg\w*|Drag|\w*Delegate)|Qt(Gui|Widgets|Svg)(/.*)?"
SQL = r"QSql\w*|QtSql(/.*)?|sqlite3\.h"
NETWORK = r"QNetwork\w*|QTcp\w*|QSsl\w*|QLocalSocket|QLocalServer|QtNetwork(/.*)?"
QCORO = r"QCoro\w*|qcoro.*"
FORBIDDEN = {
    "models/domain": [GUI, SQL, NETWORK, QCORO],
    "models": [GUI, NETWORK, QCORO],
    "providers": [GUI, SQL.replace(r"|sqlite3\.h", "")],  # the backup API is how data is copied
    "ui": [SQL, NETWORK, QCORO],
    "app": [GUI],
    "app/desktop": [SQL],
}
LAYERS = ("app", "ui", "models", "providers")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def place(name, table):
    """The entry of the table that governs a file."""
    fitting = [folder for folder in table if name.startswith(folder + "/")]
    return max(fitting, key=len, default=None)


def allowed(name, header, root):
    target = header
    if not (root / header).is_file():
        beside = (root / name).parent / header  # "card.h" beside its .cpp
        if not beside.is_file() and header.split("/")[0] not in LAYERS:
            return True
        target = header if header.split("/")[0] in LAYERS else str(beside.resolve().relative_to(root.resolve()))
    return any(target.startswith(folder + "/") for folder in MAY_INCLUDE[place(name, MAY_INCLUDE)])


def lint(root):
    for name in sources.cpp_files(root):
        home = place(name, MAY_INCLUDE)
        if home is None:
            continue
        text = sources.read(root, name)
        for match in INCLUDE.finditer(text):
            where = f"{name}:{sources.line_of(text, match.start())}"
            header = match.group(2)
            if match.group(1) == '"' and not allowed(name, header, root):
                yield f"{where}: {home}/ must not include {header}; it may include {', '.join(MAY_INCLUDE[home])}"
            elif match.group(1) == "<" and any(re.fullmatch(words, header) for words in FORBIDDEN[home]):
                yield f"{where}: {home}/ must not use <{header}>"


def including(name, header):
    return {name: f'#include "{header}"\n', "ui/mainwindow.h": "", "models/store/stores.h": "", "models/domain/error.h": "",
            "providers/provider.h": "", "app/session/session.h": ""}


BAD = [
    (including("models/board/a.h", "ui/mainwindow.h"), "ui/mainwindow.h"),
    (including("models/domain/a.h", "models/store/stores.h"), "models/store/stores.h"),
    (including("models/domain/a.h", "../store/stores.h"), "must not include"),
    (including("providers/local/a.cpp", "models/store/stores.h"), "models/store/stores.h"),
    (including("providers/local/a.cpp", "app/session/session.h"), "app/session/session.h"),
    (including("ui/a.cpp", "providers/provider.h"), "providers/provider.h"),
    (including("ui/board/a.cpp", "app/session/session.h"), "app/session/session.h"),
    (including("app/cli/main.cpp", "ui/mainwindow.h"), "ui/mainwindow.h"),
    (including("app/operations/a.cpp", "ui/mainwindow.h"), "ui/mainwindow.h"),
    ({"app/cli/main.cpp": "#include <QApplication>\n"}, "QApplication"),
    ({"app/cli/main.cpp": "#include <QtWidgets/QLabel>\n"}, "QtWidgets"),
    ({"models/a.h": "#  include <QColor>\n"}, "QColor"),
    ({"models/a.h": "#include <QNetworkReply>\n"}, "QNetworkReply"),
    ({"models/domain/a.h": "#include <QSqlQuery>\n"}, "QSqlQuery"),
    ({"providers/a.h": "#include <QSqlQuery>\n"}, "QSqlQuery"),
    ({"ui/a.h": "#include <QSqlQuery>\n"}, "QSqlQuery"),
]
GOOD = [
    including("models/board/a.h", "models/store/stores.h"),
    including("models/store/a.cpp", "stores.h"),
    including("providers/local/a.cpp", "models/domain/error.h"),
    including("ui/a.cpp", "models/store/stores.h"),
    including("app/desktop/main.cpp", "ui/mainwindow.h"),
    including("app/session/a.cpp", "providers/provider.h"),
    including("tests/ui/a.cpp", "ui/mainwindow.h"),
    {"providers/local/data/a.cpp": "#include <sqlite3.h>\n#include <QTcpSocket>\n"},
    {"app/desktop/main.cpp": "#include <QApplication>\n", "ui/a.h": "#include <QWidget>\n#include <QAbstractItemModel>\n"},
    {"models/a.h": "#include <QAbstractListModel>\n#include <QSqlDatabase>\n#include <QStringView>\n"},
]

if __name__ == "__main__":
    sources.main(lint, BAD, GOOD)
