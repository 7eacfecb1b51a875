using System.Text.Json;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Audit;

public sealed class AuditTests
{
    private readonly Subject<AuditBehaviour, AuditState> _log = new("log");
    private readonly List<JournalEntry> _journal = [];

    public AuditTests()
    {
        for (var number = 1; number <= 5; number++)
        {
            _log.Now = _log.Now.AddTicks(12_345_677);
            Note("ann", $"queue.pause-{number}");
        }
    }

    [Fact]
    public void Log_AsItWasWritten_IsGood_AlsoAfterItWasStored()
    {
        var stored = _journal.Select(entry => entry with { Event = JsonSerializer.Deserialize(JsonSerializer.Serialize(entry.Event, GrainsJson.Default.JournalEvent), GrainsJson.Default.JournalEvent)! });

        Assert.Null(FaultOf(stored));
        Assert.Equal(5, _log.Ask<AuditHead>(new GetAuditHead()).Count);
    }

    [Fact]
    public void SameCommandAgain_GetsTheSameNumber()
    {
        var note = new NoteAct("ann", "queue.pause", null, "queue/general", ActOutcome.Allowed, null, null, null) { Id = "n-1" };

        Assert.Equal(6, _log.Ask<ActNumber>(note).Number);
        _log.ChangesNothing(note);
        Assert.Equal(6, _log.Ask<ActNumber>(note).Number);
    }

    [Fact]
    public void AnyChange_IsFoundAtItsNumber()
    {
        Func<ActNoted, ActNoted>[] changes =
        [
            act => act with { Who = "ben" }, act => act with { Act = "queue.resume" }, act => act with { Permission = null }, act => act with { Target = "queue/other" },
            act => act with { Outcome = ActOutcome.Denied }, act => act with { Detail = "" }, act => act with { Detail = null }, act => act with { Reason = "r" }, act => act with { Address = "::1" },
            act => act with { At = act.At.AddTicks(1) }, act => act with { Number = 9 }, act => act with { Hash = AuditChain.Start },
        ];
        foreach (var change in changes)
        {
            foreach (var at in Enumerable.Range(0, 5))
            {
                var journal = _journal.ToList();
                journal[at] = journal[at] with { Event = change((ActNoted)journal[at].Event) };
                Assert.Equal(at + 1, FaultOf(journal)?.Number);
            }
        }
    }

    [Fact]
    public void RewrittenTail_IsFoundByTheHead()
    {
        // Whoever knows the rule and writes the last record anew with a right hash is found by the grain's head.
        var last = (ActNoted)_journal[4].Event with { Who = "ben" };
        var forged = last with { Hash = AuditChain.HashOf(last, ((ActNoted)_journal[3].Event).Hash) };

        Assert.Equal(5, FaultOf([.. _journal.Take(4), _journal[4] with { Event = forged }])?.Number);
    }

    [Fact]
    public void MissingDoubledSwappedAndCutOff_AreFound()
    {
        Assert.Equal(2, FaultOf([_journal[0], .. _journal.Skip(2)])?.Number);
        Assert.Equal(2, FaultOf([.. _journal.Take(2), .. _journal.Skip(1)])?.Number);
        Assert.Equal(2, FaultOf([_journal[0], _journal[2], _journal[1], .. _journal.Skip(3)])?.Number);
        Assert.Equal(2, FaultOf([_journal[0], _journal[1] with { Event = _journal[2].Event }, _journal[2] with { Event = _journal[1].Event }, .. _journal.Skip(3)])?.Number);
        Assert.Equal(5, FaultOf(_journal.Take(4))?.Number);
        Assert.Equal(1, FaultOf([])?.Number);
    }

    [Fact]
    public void FieldsThatRunIntoEachOther_HaveOtherHashes()
    {
        var act = (ActNoted)_journal[0].Event;

        Assert.NotEqual(AuditChain.HashOf(act with { Who = "ab", Act = "c" }, AuditChain.Start), AuditChain.HashOf(act with { Who = "a", Act = "bc" }, AuditChain.Start));
        Assert.NotEqual(AuditChain.HashOf(act with { Detail = null }, AuditChain.Start), AuditChain.HashOf(act with { Detail = "-" }, AuditChain.Start));
    }

    [Fact]
    public void TheHash_IsTheDocumentedOne()
    {
        // Never changes: logs of years are verified with it.
        var act = new ActNoted(1, new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.FromHours(2)), "ann", "queue.pause", null, "queue/general", ActOutcome.Allowed, "Brände", null, null, "");
        var text = $"64:{AuditChain.Start}\n1:1\n28:2026-03-04T10:00:00.0000000Z\n3:ann\n11:queue.pause\n-\n13:queue/general\n7:Allowed\n7:Brände\n-\n-\n2:v1\n";

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))), AuditChain.HashOf(act, AuditChain.Start));
    }

    [Fact]
    public void TextsThatCannotBeStoredAsTheyAre_AreWrittenAsTheyWillBeRead()
    {
        Note("ann", "odd", "half a \ud83d pair " + new string('x', 600));

        Assert.Null(FaultOf(_journal.Select(entry => entry with
        {
            Event = JsonSerializer.Deserialize(JsonSerializer.Serialize(entry.Event, GrainsJson.Default.JournalEvent), GrainsJson.Default.JournalEvent)!,
        })));
    }

    private void Note(string who, string act, string? detail = "fire drill")
    {
        var turn = _log.Handle(new NoteAct(who, act, "ActOnQueues", "queue/general", ActOutcome.Allowed, detail, null, "192.0.2.7"));
        foreach (var noted in turn.Effects.Recorded<ActNoted>())
            _journal.Add(new JournalEntry(_journal.Count + 1, Grain.Audit, noted.Number, noted.At, noted));
    }

    private AuditFault? FaultOf(IEnumerable<JournalEntry> journal)
    {
        var verifier = new AuditVerifier();
        foreach (var entry in journal)
            verifier.Add(entry);
        return verifier.HoldAgainst((AuditHead)AuditBehaviour.Handle(_log.State, new GetAuditHead(), _log.Now).Reply);
    }
}
