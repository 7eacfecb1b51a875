using System.Collections.Immutable;
using CustomerService.AgentConsole.Replies;
using CustomerService.AgentConsole.Wording;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Staff;

namespace CustomerService.AgentConsole.Tests.Replies;

public sealed class MacroRunTests
{
    private static readonly Dictionary<string, string?> Values = new() { ["order.id"] = "#W1234567", ["customer.name"] = null };
    private static readonly Macro Late = Macro(new MacroStep.Reply("late"), new MacroStep.Note("asked about {{order.id}}"), new MacroStep.Snooze(TimeSpan.FromHours(4)));

    private readonly Played _desk = new();
    private readonly ManualTimeProvider _time = new();
    private ImmutableArray<MacroReport> _reports = [];

    [Fact]
    public async Task ItsSteps_AreDoneInOrder_AndTold()
    {
        Assert.True(await RunAsync(Late));

        Assert.Equal(["reply Order #W1234567 is late.", "note asked about #W1234567", $"Snooze {_time.GetUtcNow().AddHours(4):HH:mm}"], _desk.Done);
        Assert.All(_reports, report => Assert.True(report.Done));
        Assert.Equal("Put it away for 4h", _reports[2].Text);
    }

    [Fact]
    public async Task AfterAStepThatIsNotDone_NothingFollows()
    {
        _desk.Held = "Something is wrong with it.";

        Assert.False(await RunAsync(Late));

        Assert.Empty(_desk.Done);
        Assert.Equal((false, "Something is wrong with it."), (_reports[0].Done, _reports[0].Problem));
        Assert.Null(_reports[1].Done);
    }

    [Fact]
    public async Task ARefusal_IsToldInItsOwnWords()
    {
        _desk.Refuses = new StaffRefusedException("not_yours", "It is another's.");

        Assert.False(await RunAsync(Macro(new MacroStep.Note("x"), new MacroStep.Hold())));
        Assert.Equal("It is another's.", _reports[1].Problem);
    }

    [Fact]
    public async Task AfterResolving_TheWrapUpIsFinishedWithItsCode()
    {
        Assert.True(await RunAsync(Macro(new MacroStep.Resolve("solved", "all well"))));
        Assert.Equal(["Resolve", "wrap-up solved all well"], _desk.Done);
    }

    [Fact]
    public void WhatIsNotKnown_IsSaidBeforeAnythingIsDone()
    {
        var run = new MacroRun(new ReplyLibrary([Reply("late", "Dear {{customer.name}}, {{order.id}}")], []), _desk, _time, Words.In("en"));

        Assert.Equal<string[]>(["customer.name"], [.. run.Missing(Late, Values, "en")]);
    }

    private Task<bool> RunAsync(Macro macro) =>
        new MacroRun(new ReplyLibrary([Reply("late", "Order {{order.id}} is late.")], []), _desk, _time, Words.In("en")).RunAsync(macro, Values, "en", reports => _reports = reports);

    private static Macro Macro(params ImmutableArray<MacroStep> steps) => new("m", Text("M"), [], steps);

    private static CannedReply Reply(string shortcut, string text) => new(shortcut, Text(shortcut), [], Text(text));

    private static LocalText Text(string text) => new(ImmutableSortedDictionary<string, string>.Empty.Add("en", text));

    private sealed class Played : IMacroDesk
    {
        public List<string> Done { get; } = [];

        public string? Held { get; set; }

        public StaffRefusedException? Refuses { get; set; }

        public string AgentId => "ann";

        public Task<string?> ReplyAsync(string text)
        {
            if (Held is null)
                Done.Add($"reply {text}");
            return Task.FromResult(Held);
        }

        public Task NoteAsync(string text)
        {
            Done.Add($"note {text}");
            return Task.CompletedTask;
        }

        public Task DoAsync(Command command)
        {
            if (Refuses is not null)
                throw Refuses;
            Done.Add(command is Snooze snooze ? $"Snooze {snooze.Until:HH:mm}" : command.GetType().Name);
            return Task.CompletedTask;
        }

        public Task<string?> WrapUpAsync(string? code, string? note)
        {
            Done.Add($"wrap-up {code} {note}");
            return Task.FromResult<string?>(null);
        }
    }
}
