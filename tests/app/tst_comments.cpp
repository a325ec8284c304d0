// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/modelprovider.h"
#include "tests/app/modelsession.h"

#include "app/operations/commentcommand.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

const auto kRule = u"rules.comments"_s;

/// Somebody's desktop, with a world of its own; the team is everybody's.
struct Desktop
{
    QTemporaryDir home;
    std::unique_ptr<Session> session;

    explicit Desktop(const Policy::Layer &policy = {})
    {
        open();
        everyOne.append(this);
        auto intent = std::get<SetUpIntent>(setUpIntent());
        intent.source = {kLocalAccount, u"acme/shop"_s};
        QCOMPARE(int(runNow(*session, intent).state), int(OperationState::Live));
        Policy::Layer all = policy;
        all.insert(kRule, true);
        all.insert(u"merge"_s, u"off"_s);
        all.insert(u"checks.ci"_s, u"off"_s); // the model has none
        QVERIFY(decideNow(*session, PolicyIntent{u"shop"_s, all, {}}));
        QTRY_VERIFY_WITH_TIMEOUT(notes().contains(u"*"_s), 20'000);
    }
    ~Desktop() { everyOne.removeOne(this); }
    static inline QList<const Desktop *> everyOne;
    void open() { session = openModelSession(home.path(), true, 0, {}, true); }
    const SlipwayStore &store() const { return session->reader().store(); }
    QHash<QString, QString> notes() const { return store().ruleNotes(u"shop"_s, kCommentsRule); }
    qsizetype clones() const
    {
        const QStringList effects = ModelProvider::effects(home.path() + u"/world.json"_s);
        return std::count_if(effects.cbegin(), effects.cend(),
                             [](const QString &effect) { return effect.startsWith(u"clone"); });
    }
    QStringList recorded(const QString &by) const
    {
        QStringList lines;
        for (const ActivityEntry &entry : store().activity({}, {}))
            if (entry.by == by)
                lines.append(entry.kind + u": "_s + entry.result);
        return lines;
    }
    void look() const { QVERIFY(refreshNow(*session)); }
};

QString say(const QString &by, const QString &text, const QDateTime &at = QDateTime::currentDateTimeUtc())
{
    return ModelTeam::with([&](ModelTeam::Shared &all) {
        const QString id = QString::number(9 + all.comments.size()); // 9, 10: they are no words
        all.comments.append(Comment{id, 1, by, text, at});
        return id;
    });
}

QStringList answers(const QString &id)
{
    return ModelTeam::with([&](const ModelTeam::Shared &all) { return all.answers.value(id); });
}

int said()
{
    return ModelTeam::with([](const ModelTeam::Shared &all) { return all.said; });
}

/// Whatever is written to a pipeline lets its comments be asked for soon.
bool comesTo(const std::function<bool()> &look)
{
    for (int limit = 3; limit < 30; ++limit) {
        if (QTest::qWaitFor(look, 1'000))
            return true;
        for (const Desktop *desktop : std::as_const(Desktop::everyOne))
            std::ignore = decideNow(*desktop->session, PolicyIntent{u"shop"_s, {{u"limit"_s, limit}}, {}});
    }
    return false;
}

} // namespace

class CommentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        ModelTeam::reset();
        ModelTeam::with([](ModelTeam::Shared &all) { all.writers = {u"grace"_s}; });
        ModelProvider::pullNumber = 1;
    }
    void cleanup()
    {
        ModelProvider::pullNumber.reset();
        ModelProvider::failing.clear();
    }
    void commands_data();
    void commands();
    void plainText();
    void notesComeBack();
    void cloneIsAnsweredOnce();
    void failureIsAnswered();
    void oneOfTwoDesktops();
    void refusedAndRecorded();
    void onlyWhatIsNew();
    void deployToStagingThroughItsChecks();
    void carriesOnAfterACrash();
    void waitsForABadLine();
    void offForgets();
};

void CommentsTest::commands_data()
{
    using Kind = CommentCommand::Kind;
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind"); // -1: talk
    QTest::addColumn<bool>("known");
    QTest::newRow("clone") << u"/slipway clone"_s << int(Kind::Clone) << true;
    QTest::newRow("with more below") << u"/slipway clone\nThanks!"_s << int(Kind::Clone) << true;
    QTest::newRow("blanks, capitals, return")
        << u" /slipway  Deploy\tStaging \r\n"_s << int(Kind::DeployToStaging) << true;
    QTest::newRow("where") << u"/slipway where"_s << int(Kind::Where) << true;
    QTest::newRow("help") << u"/slipway help"_s << int(Kind::Help) << true;
    QTest::newRow("alone") << u"/slipway"_s << int(Kind::Help) << true;
    QTest::newRow("unknown") << u"/slipway deploy production"_s << int(Kind::Help) << false;
    QTest::newRow("more than the command") << u"/slipway clone now"_s << int(Kind::Help) << false;
    QTest::newRow("second line") << u"Please:\n/slipway clone"_s << -1 << true;
    QTest::newRow("quoted") << u"> /slipway clone"_s << -1 << true;
    QTest::newRow("fenced") << u"```\n/slipway clone\n```"_s << -1 << true;
    QTest::newRow("in backticks") << u"`/slipway clone`"_s << -1 << true;
    QTest::newRow("indented code") << u"    /slipway clone"_s << -1 << true;
    QTest::newRow("tabbed code") << u"\t/slipway clone"_s << -1 << true;
    QTest::newRow("another word") << u"/slipways clone"_s << -1 << true;
    QTest::newRow("nothing") << QString() << -1 << true;
}

void CommentsTest::commands()
{
    QFETCH(QString, text);
    QFETCH(int, kind);
    QFETCH(bool, known);
    const auto command = commandIn(text);
    QCOMPARE(command ? int(command->kind) : -1, kind);
    if (command)
        QCOMPARE(command->isKnown, known);
}

void CommentsTest::plainText()
{
    QCOMPARE(asPlainMarkdown(u"<!-- x --> @acme/all [a](b) `c`"_s),
             u"&lt;\\!-- x --> @\u200bacme/all \\[a\\](b) `c`"_s);
    const CommentCommand command{CommentCommand::Kind::Help, u"/slipway `@all`"_s, false};
    QVERIFY(CommentWords::help(command).contains(u"`/slipway @all`"_s));
}

void CommentsTest::notesComeBack()
{
    HeardComment heard;
    heard.comment = {u"12"_s, 7, u"grace"_s, u"/slipway clone"_s, QDateTime::currentDateTimeUtc()};
    heard.stage = HeardComment::Stage::Begun;
    heard.operation = u"abc"_s;
    const auto back = heardFromNote(u"12"_s, toNote(heard));
    QVERIFY(back);
    QCOMPARE(back->comment, heard.comment);
    QCOMPARE(int(back->stage), int(heard.stage));
    QCOMPARE(back->operation, heard.operation);
    QVERIFY(!heardFromNote(u"read"_s, u"2026-01-01T00:00:00.000Z 12"_s));
    QVERIFY(isLaterId(u"10"_s, u"9"_s) && !isLaterId(u"9"_s, u"10"_s) && !isLaterId(u"9"_s, u"9"_s));
}

void CommentsTest::cloneIsAnsweredOnce()
{
    const Desktop desktop;
    say(u"grace"_s, u"Nice."_s);
    const QString id = say(u"grace"_s, u"/slipway clone\nPlease."_s);
    desktop.look();
    QVERIFY(comesTo([&] { return answers(id).size() == 2; }));
    QVERIFY2(answers(id).first().startsWith(u"On it"), qPrintable(answers(id).first()));
    QVERIFY2(answers(id).last().contains(u"`dev1` is live"), qPrintable(answers(id).last()));
    QCOMPARE(said(), 1);
    QCOMPARE(desktop.clones(), 1);
    QVERIFY(comesTo([&] { return !desktop.notes().contains(id); }));
    QCOMPARE(desktop.recorded(u"rule comments for grace"_s), QStringList{u"clone: live"_s});
    const QString next = say(u"grace"_s, u"/slipway where"_s);
    QVERIFY(comesTo([&] { return !answers(next).isEmpty(); }));
    QVERIFY2(answers(next).first().contains(u"1 is in a dev environment only: dev1"),
             qPrintable(answers(next).first()));
    QCOMPARE(desktop.clones(), 1);
    QVERIFY(comesTo([] { return ModelTeam::with([](const ModelTeam::Shared &all) { return all.holds.isEmpty(); }); }));
}

void CommentsTest::failureIsAnswered()
{
    const Desktop desktop;
    ModelProvider::failing = {u"deploy dev1"_s};
    const QString id = say(u"grace"_s, u"/slipway clone"_s);
    desktop.look();
    QVERIFY(comesTo([&] { return answers(id).size() == 2; }));
    QVERIFY2(answers(id).last().contains(u"did not succeed") && answers(id).last().contains(u"The model says no"),
             qPrintable(answers(id).last()));
}

void CommentsTest::oneOfTwoDesktops()
{
    const Desktop first;
    const Desktop second;
    QStringList ids;
    for (int i = 0; i < 3; ++i)
        ids.append(say(u"grace"_s, i == 1 ? u"/slipway clone"_s : u"/slipway help"_s));
    first.look();
    second.look();
    QVERIFY(comesTo([&] { return answers(ids.at(1)).size() == 2 && !answers(ids.at(2)).isEmpty(); }));
    QVERIFY(comesTo([&] { return first.notes().size() == 2 && second.notes().size() == 2; })); // since when, how far
    QCOMPARE(said(), 3);
    QCOMPARE(first.clones() + second.clones(), 1);
    QCOMPARE(answers(ids.at(0)).size(), 1);
}

void CommentsTest::refusedAndRecorded()
{
    const Desktop desktop;
    const QString id = say(u"linus"_s, u"/slipway deploy staging"_s);
    const QString helped = say(u"linus"_s, u"/slipway what"_s);
    desktop.look();
    QVERIFY(comesTo([&] { return !answers(id).isEmpty() && !answers(helped).isEmpty(); }));
    for (const QString &one : {id, helped})
        QVERIFY2(answers(one).first().contains(u"linus may not"), qPrintable(answers(one).first()));
    QVERIFY(comesTo([&] { return desktop.recorded(u"rule comments for linus"_s).size() == 2; }));
    QCOMPARE(desktop.recorded(u"rule comments for linus"_s).first(), u"comment: refused: may not push"_s);
    QCOMPARE(said(), 2);
    QCOMPARE(desktop.clones(), 0);
}

/// Neither what was there before the rule, nor what was edited since, nor what nobody waits for any more.
void CommentsTest::onlyWhatIsNew()
{
    const QString before = say(u"grace"_s, u"/slipway clone"_s, QDateTime::currentDateTimeUtc().addSecs(-60));
    const Desktop desktop;
    const QString talk = say(u"grace"_s, u"Shall I clone it?"_s);
    const QString first = say(u"grace"_s, u"/slipway"_s);
    desktop.look();
    QVERIFY(comesTo([&] { return !answers(first).isEmpty(); }));
    ModelTeam::with([](ModelTeam::Shared &all) { all.comments[1].text = u"/slipway clone"_s; });
    const QString unknown = say(u"grace"_s, u"/slipway fly"_s);
    QVERIFY(comesTo([&] { return !answers(unknown).isEmpty(); }));
    QVERIFY(answers(unknown).first().contains(u"I do not know `/slipway fly`"));
    QVERIFY(answers(before).isEmpty() && answers(talk).isEmpty());
    QCOMPARE(said(), 2);
}

void CommentsTest::deployToStagingThroughItsChecks()
{
    const Desktop desktop;
    const QString none = say(u"grace"_s, u"/slipway deploy staging"_s);
    QVERIFY(comesTo([&] { return answers(none).size() == 2; }));
    QVERIFY2(answers(none).last().contains(u"No dev environment carries \\#1"), qPrintable(answers(none).last()));
    auto clone = std::get<CloneIntent>(cloneIntent());
    clone.code.change = u"#1"_s;
    QCOMPARE(int(runNow(*desktop.session, clone).state), int(OperationState::Live));
    const QString early = say(u"grace"_s, u"/slipway deploy staging"_s);
    QVERIFY(comesTo([&] { return answers(early).size() == 2; }));
    QVERIFY2(answers(early).last().contains(u"stopped by its checks")
                 && answers(early).last().contains(u"- Not accepted"),
             qPrintable(answers(early).last()));
    QVERIFY(decideNow(*desktop.session, acceptance()));
    const QString good = say(u"grace"_s, u"/slipway deploy staging"_s);
    QVERIFY(comesTo([&] { return answers(good).size() == 2; }));
    QVERIFY2(answers(good).last().contains(u"`staging` is live"), qPrintable(answers(good).last()));
    const QStringList lines = desktop.recorded(u"rule comments for grace"_s);
    QVERIFY2(lines.contains(u"promote: live"_s) && lines.count(u"comment: refused"_s) == 2,
             qPrintable(lines.join(u'\n')));
}

/// The process ended after "On it": the next one begins what was promised, once.
void CommentsTest::carriesOnAfterACrash()
{
    Desktop desktop;
    desktop.session.reset();
    HeardComment heard;
    heard.comment = {u"9"_s, 1, u"grace"_s, u"/slipway clone"_s, QDateTime::currentDateTimeUtc()};
    heard.stage = HeardComment::Stage::Taken;
    heard.claim = u"slipway 1"_s;
    heard.claimedAt = QDateTime::currentDateTimeUtc();
    {
        auto store = SlipwayStore::open(desktop.home.path());
        QVERIFY(store && (*store)->noteRule(u"shop"_s, kCommentsRule, u"9"_s, toNote(heard)));
    }
    desktop.open();
    desktop.session->start();
    QVERIFY(comesTo([&] { return answers(u"9"_s).size() == 1; }));
    QVERIFY2(answers(u"9"_s).first().contains(u"`dev1` is live"), qPrintable(answers(u"9"_s).first()));
    desktop.session.reset(); // ended before it noted that it had begun: found in the journal
    {
        auto store = SlipwayStore::open(desktop.home.path());
        QVERIFY(store && (*store)->noteRule(u"shop"_s, kCommentsRule, u"9"_s, toNote(heard)));
    }
    desktop.open();
    desktop.session->start();
    QVERIFY(comesTo([&] { return answers(u"9"_s).size() == 2; }));
    QCOMPARE(desktop.clones(), 1);
}

void CommentsTest::waitsForABadLine()
{
    const Desktop desktop;
    ModelTeam::with([](ModelTeam::Shared &all) { all.failing = {u"answer"_s}; });
    const QString id = say(u"grace"_s, u"/slipway clone"_s);
    QVERIFY(comesTo([&] { return desktop.notes().contains(id); }));
    QCOMPARE(desktop.clones(), 0); // nothing is begun before the team knows who does it
    ModelTeam::with([](ModelTeam::Shared &all) { all.failing.clear(); });
    QVERIFY(comesTo([&] { return answers(id).size() == 2; }));
    QCOMPARE(desktop.clones(), 1);
}

void CommentsTest::offForgets()
{
    const Desktop desktop;
    QVERIFY(decideNow(*desktop.session, PolicyIntent{u"shop"_s, {{kRule, false}}, {}}));
    QVERIFY(comesTo([&] { return desktop.notes().isEmpty(); }));
}

QTEST_GUILESS_MAIN(CommentsTest)
#include "tst_comments.moc"
