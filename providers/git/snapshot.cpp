// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/snapshot.h"

#include "models/domain/changetitle.h"
#include "providers/machine/filetree.h"
#include "providers/git/git.h"
#include "providers/git/mirror.h"
#include "providers/git/unpack.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

QString trimmedText(const QByteArray &output)
{
    QByteArray line = output;
    while (line.endsWith('\n'))
        line.chop(1);
    return QFile::decodeName(line);
}

QString answerOf(const Git &git, const QStringList &arguments)
{
    const auto answer = git.run(arguments, Cancel());
    return answer && answer->status == 0 ? trimmedText(answer->output) : QString();
}

/// Where git writes while it looks at the working copy: never into the user's repository.
struct Workshop
{
    QString directory;
    QString top; ///< of the working copy
    QString prefix; ///< of the folder inside it, "" or "shop/"
    bool isRepository = false;
    QMap<QString, QString> environment;

    explicit Workshop(QString path)
        : directory(std::move(path))
    {
        QDir().mkpath(directory + u"/objects"_s);
    }
    ~Workshop() { (void)deleteTree(directory); }
    Workshop(const Workshop &) = delete;
    Workshop &operator=(const Workshop &) = delete;
};

void borrowRepository(Workshop &shop, const QString &directory)
{
    const Git git(directory);
    shop.isRepository = true;
    shop.top = answerOf(git, {u"rev-parse"_s, u"--show-toplevel"_s});
    shop.prefix = answerOf(git, {u"rev-parse"_s, u"--show-prefix"_s});
    const QString objects = answerOf(git, {u"rev-parse"_s, u"--path-format=absolute"_s, u"--git-path"_s, u"objects"_s});
    const QString index = answerOf(git, {u"rev-parse"_s, u"--path-format=absolute"_s, u"--git-path"_s, u"index"_s});
    // Starting from the user's index keeps tracked files that are ignored too, and spares reading what is unchanged.
    QFile::copy(index, shop.directory + u"/index"_s);
    shop.environment = {{u"GIT_INDEX_FILE"_s, shop.directory + u"/index"_s},
                        {u"GIT_OBJECT_DIRECTORY"_s, shop.directory + u"/objects"_s},
                        {u"GIT_ALTERNATE_OBJECT_DIRECTORIES"_s, objects}};
}

Result<void> makeRepository(Workshop &shop, const QString &directory, const Cancel &cancel)
{
    const QString own = shop.directory + u"/git"_s;
    const auto made = Git(QString()).ask({u"init"_s, u"--quiet"_s, u"--bare"_s, own},
                                         u"The folder %1 cannot be looked at"_s.arg(directory), cancel);
    if (!made)
        return tl::unexpected(made.error());
    shop.top = directory;
    shop.environment = {
        {u"GIT_DIR"_s, own}, {u"GIT_WORK_TREE"_s, directory}, {u"GIT_INDEX_FILE"_s, shop.directory + u"/index"_s}};
    return {};
}

/// Git's id of the tree that the working copy is now.
Result<QString> treeOfWorkingCopy(const Workshop &shop, const QString &directory, const Cancel &cancel)
{
    const Git git(shop.top);
    // Objects live for seconds only: packing them well would be a waste.
    QStringList add{u"add"_s, u"--all"_s};
    if (!shop.isRepository)
        add << u"--force"_s;
    QMap<QString, QString> environment = shop.environment;
    environment.insert({{u"GIT_CONFIG_COUNT"_s, u"3"_s},
                        {u"GIT_CONFIG_KEY_0"_s, u"core.compression"_s},
                        {u"GIT_CONFIG_VALUE_0"_s, u"0"_s},
                        {u"GIT_CONFIG_KEY_1"_s, u"advice.addEmbeddedRepo"_s},
                        {u"GIT_CONFIG_VALUE_1"_s, u"false"_s},
                        {u"GIT_CONFIG_KEY_2"_s, u"core.safecrlf"_s},
                        {u"GIT_CONFIG_VALUE_2"_s, u"false"_s}});
    const QString what = u"The folder %1 cannot be read"_s.arg(directory);
    const auto added =
        git.ask(add + QStringList{u"--"_s, shop.prefix.isEmpty() ? u"."_s : shop.prefix}, what, cancel, environment);
    if (!added)
        return tl::unexpected(added.error());
    QStringList write{u"write-tree"_s};
    if (!shop.prefix.isEmpty())
        write << u"--prefix="_s + shop.prefix;
    const auto tree = git.ask(write, what, cancel, shop.environment);
    return tree ? Result<QString>(trimmedText(*tree)) : tl::unexpected(tree.error());
}

Result<Tree> takeSnapshot(const QString &directory, const QString &intoDirectory, const Cancel &cancel)
{
    Workshop shop(intoDirectory + u".git"_s);
    const auto repository = findRepository(directory);
    if (repository) {
        borrowRepository(shop, directory);
    } else if (repository.error().kind() != Error::Kind::Invalid) {
        return tl::unexpected(repository.error()); // git's distrust is not to be stepped around
    } else if (const auto made = makeRepository(shop, directory, cancel); !made) {
        return tl::unexpected(made.error());
    }
    const auto id = treeOfWorkingCopy(shop, directory, cancel);
    if (!id)
        return tl::unexpected(id.error());
    Tree tree;
    tree.directory = intoDirectory;
    tree.treeId = *id;
    tree.uncommitted = true;
    if (shop.isRepository) {
        const Git git(shop.top);
        tree.version = answerOf(git, {u"rev-parse"_s, u"--verify"_s, u"--quiet"_s, u"HEAD^{commit}"_s});
        const QString committed =
            answerOf(git, {u"rev-parse"_s, u"--verify"_s, u"--quiet"_s, u"HEAD:"_s + shop.prefix});
        tree.uncommitted = committed != *id;
    }
    UnpackPlan plan;
    plan.git = Git(shop.top);
    plan.environment = shop.environment;
    plan.treeish = *id;
    plan.source = directory;
    plan.into = intoDirectory;
    const auto done = unpack(plan, cancel);
    return done ? Result<Tree>(tree) : tl::unexpected(done.error());
}

} // namespace

Result<Tree> snapshotDirectory(const QString &directory, const QString &intoDirectory, const Cancel &cancel)
{
    const QFileInfo info(directory);
    if (!info.exists())
        return fail(Error::Kind::NotFound, u"There is no folder %1."_s.arg(directory),
                    u"Give the path of the application on this machine."_s);
    if (!info.isDir())
        return fail(Error::Kind::Invalid, u"%1 is a file, not a folder."_s.arg(directory),
                    u"Give the path of the folder that holds the application."_s);
    if (!info.isReadable() || !info.isExecutable())
        return fail(Error::Kind::Storage, u"The folder %1 cannot be read: permission denied."_s.arg(directory));
    QDir().mkpath(QFileInfo(intoDirectory).path());
    const QString path = info.canonicalFilePath();
    auto tree = takeSnapshot(path, intoDirectory, cancel);
    if (tree && QDir(intoDirectory).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
        (void)deleteTree(intoDirectory);
        return fail(Error::Kind::Invalid, u"There is nothing to deploy in %1."_s.arg(directory),
                    u"Give the folder that holds the application and its Procfile."_s);
    }
    return tree;
}

Change describeDirectory(const QString &directory)
{
    const Git git(directory);
    Change change;
    change.branch = answerOf(git, {u"symbolic-ref"_s, u"--quiet"_s, u"--short"_s, u"HEAD"_s});
    change.head = answerOf(git, {u"rev-parse"_s, u"--verify"_s, u"--quiet"_s, u"HEAD^{commit}"_s});
    change.author = answerOf(git, {u"config"_s, u"user.name"_s});
    change.updatedAt = QDateTime::currentDateTimeUtc();
    const bool onMain = change.branch == "main"_L1 || change.branch == "master"_L1 || change.branch == "trunk"_L1;
    const QString folder = QFileInfo(QDir(directory).absolutePath()).fileName();
    change.title = u"Working copy of "_s + (change.branch.isEmpty() || onMain ? folder : titleOfBranch(change.branch));
    return change;
}

} // namespace Slipway
