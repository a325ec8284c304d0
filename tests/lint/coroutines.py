# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Coroutines only where they are fenced, and only in the shapes that g++ 12 compiles right.

g++ 12 destroys an aggregate, or a lambda with captures, made in an awaiting expression twice; a parameter taken by
reference is gone when the coroutine resumes. So: one await a statement, `const auto r = co_await f(a, b);` or
`co_await f(a, b);`, arguments named before, parameters by value.
"""
import re

import sources

FENCED = ("providers/", "app/operations/")
PRODUCT = ("app/", "ui/", "models/", "providers/")
NAME = r"[A-Za-z_][\w:]*"
# What may stand before co_await in its statement: nothing, a declaration or an assignment; labels do not count.
BEFORE = re.compile(
    rf"^(?:case\s+[\w:]+\s*:|default\s*:)?\s*"
    rf"(?:(?:(?:const|constexpr|auto|{NAME}(?:<[^;{{}}()]*>)?)[\s&*]+)*(?:[\w.]|->)+\s*=)?\s*$"
)
KEYWORDS = re.compile(r"\bco_(?:await|return|yield)\b")
TASK = re.compile(r"\b(?:Task|Generator|AsyncGenerator)\s*<")
LAMBDA = re.compile(r"\[([^\[\]]*)\]\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?\s*(?:mutable|noexcept|\s)*->\s*(?:QCoro::)?Task\b")


def scan(text, start):
    """What is wrong with the expression that is awaited from `start` on; None when nothing is."""
    depth = 0
    for offset in range(start, len(text)):
        letter = text[offset]
        if letter == ";":
            return None if depth == 0 else "awaits in a for head"
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth < 0:
                return "awaits inside parentheses"
        elif letter == "[" and not re.search(r"[\w)\]]\s*$", text[start:offset]):
            return "makes a lambda in the awaiting statement"
        elif letter in "{}":
            return "uses braces in the awaiting statement"
        elif letter == "?":
            return "chooses with ?: in the awaiting statement"
        elif text[offset : offset + 2] in ("&&", "||") or (letter == "," and depth == 0):
            return "combines other things with the await"
        elif text.startswith("co_await", offset):
            return "awaits twice in one statement"
    return "does not end"


def closing(text, start, opening, ending):
    depth = 0
    for offset in range(start, len(text)):
        depth += (text[offset] == opening) - (text[offset] == ending)
        if depth == 0:
            return offset
    return len(text)


def awaits(text):
    skip = -1
    for match in re.finditer(r"\bco_await\b", text):
        before = re.split(r"[;{}]", text[: match.start()])[-1]
        before = re.sub(r"^\s*#.*$", "", before, flags=re.MULTILINE)
        if match.start() < skip:
            continue  # the second await of a statement that is complained about already
        wrong = scan(text, match.end())
        if wrong is None and not BEFORE.match(before.strip() + " " if before.strip() else ""):
            wrong = f"awaits inside `{' '.join(before.split())[-60:]} …`"
        if wrong:
            skip = text.find(";", match.start())
            yield match.start(), f"{wrong}; write `const auto r = co_await f(a, b);` with the arguments named before"


def tasks(text):
    """Coroutines (functions that return a task) with parameters that may be gone when they resume."""
    for match in TASK.finditer(text):
        end = closing(text, match.end() - 1, "<", ">")
        head = re.match(rf"\s*((?:{NAME}::)*\w+)\s*\(", text[end + 1 :])
        if not head:
            continue
        opening = end + 1 + head.end() - 1
        parameters = text[opening + 1 : closing(text, opening, "(", ")")]
        bare = re.sub(r"<[^<>]*(?:<[^<>]*>[^<>]*)*>", "", parameters)  # std::function<void(const T &)> is a value
        if "&" in bare:
            yield match.start(), f"{head.group(1)}() takes a parameter by reference; a coroutine takes values"


def lint(root):
    for name in sources.cpp_files(root):
        if not name.startswith(PRODUCT):
            continue
        text = sources.plain(sources.read(root, name))
        found = []
        keyword = KEYWORDS.search(text)
        if keyword and not name.startswith(FENCED):
            found.append((keyword.start(), f"{keyword.group(0)} belongs into {' and '.join(FENCED)} only"))
        found += awaits(text)
        found += tasks(text)
        for match in LAMBDA.finditer(text):
            if match.group(1).strip():
                found.append((match.start(), "a lambda with captures must not be a coroutine: they die with the lambda"))
        for match in re.finditer(r"\bco_return\s*\{", text):
            found.append((match.start(), "co_return names its type: co_return Result<T>(…)"))
        for offset, words in sorted(found):
            yield f"{name}:{sources.line_of(text, offset)}: {words}"


def body(statement):
    return {"providers/a.cpp": "QCoro::Task<int> f(int a)\n{\n    " + statement + "\n}\n"}


BAD = [
    ({"ui/a.cpp": "void f() { co_await g(); }"}, "belongs into"),
    ({"app/session/a.cpp": "X f()\n{\n    co_return 1;\n}"}, "belongs into"),
    ({"models/a.cpp": "X f()\n{\n    const auto r = co_await g();\n}"}, "belongs into"),
    (body("const auto r = co_await send(Request{a});"), "braces"),
    (body("const auto r = co_await send({a, b});"), "braces"),
    (body("co_await f([a] { return a; });"), "lambda"),
    (body("co_await f(1, [&] { return a; });"), "lambda"),
    (body("const auto r = co_await f(a ? b : c);"), "?:"),
    (body("const auto r = ok ? co_await f(a) : 0;"), "awaits inside"),
    (body("if (co_await f(a))\n        return;"), "parentheses"),
    (body("if (const auto r = co_await f(a); r) { }"), "awaits inside"),
    (body("while (!co_await f(a)) { }"), "parentheses"),
    (body("if (x)\n        co_await f(a);"), "awaits inside"),
    (body("const auto r = co_await f(a) + co_await f(b);"), "twice"),
    (body("const auto r = co_await f(co_await g(a));"), "twice"),
    (body("co_return co_await f(a);"), "awaits inside"),
    (body("const auto r = (co_await f(a)).value();"), "parentheses"),
    (body("use(co_await f(a));"), "parentheses"),
    (body("const auto ok = ready && co_await f(a);"), "awaits inside"),
    (body("const auto ok = co_await f(a) && ready;"), "combines"),
    (body("const T t{co_await f(a)};"), "braces"),
    (body("for (int i = co_await f(a); i < 3; ++i) { }"), "awaits inside"),
    (body("co_return {};"), "names its type"),
    ({"providers/a.h": "QCoro::Task<Result<int>> f(const QString &name);"}, "by reference"),
    ({"providers/a.h": "Task<LogPage> f(LogQuery query, Client &client);"}, "by reference"),
    ({"providers/a.cpp": "QCoro::Task<> A::f(int a, QList<int> &&list)\n{\n    co_await g(a);\n}"}, "by reference"),
    ({"providers/a.cpp": "auto f = [this](int a) -> QCoro::Task<int> {\n    co_return a;\n};"}, "captures"),
]
GOOD = [
    body("const auto r = co_await f(a, b);"),
    body("co_await f(a);\n    co_await this->g(h(a, b[0]));"),
    body("const Result<QList<App>> r = co_await m_client->f(a);\n    last = co_await g();"),
    body("switch (a) {\n    case Kind::One:\n        co_await f(a);\n        break;\n    default:\n        co_await g();\n    }"),
    body("if (x) {\n        co_await f(a);\n    }\n    co_return Result<int>(3);"),
    body("// co_await f({a}) ? no : yes\n    log(\"co_await {\");\n    co_await f(u\"a{b}?\"_s, 10'000, '{');"),
    body("const auto r = co_await f(R\"x(\n{ ? ; )x\");"),
    {"providers/a.h": "QCoro::Task<Result<int>> f(QString name, std::function<void(const QString &)> progress);"},
    {"app/operations/a.cpp": "QCoro::Task<> f(int a)\n{\n    co_await g(a);\n}"},
    {"providers/a.cpp": "auto f = [](int a) -> QCoro::Task<int> {\n    co_return a;\n};"},
    {"tests/app/a.cpp": "QCoro::Task<> f()\n{\n    co_return;\n}"},
]

if __name__ == "__main__":
    sources.main(lint, BAD, GOOD)
