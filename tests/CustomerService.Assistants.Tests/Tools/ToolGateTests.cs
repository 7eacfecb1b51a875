using System.Collections.Immutable;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;

namespace CustomerService.Assistants.Tests.Tools;

public sealed class ToolGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly ToolSubject Stranger = new("c1", "chat", "en", null);
    private static readonly ToolSubject Proven = Stranger with { Identity = new ProvenIdentity("mei", "Mei Kovacs", "basic", Now, Now.AddMinutes(30)) };

    private readonly Shredder _shredder = new();

    [Fact]
    public async Task WriteWithTheCustomersYes_IsDone()
    {
        var call = Shred(Proven, "order");
        Assert.IsType<ToolResult.Done>(await Gate().CallAsync(call with { ConfirmedFingerprint = ToolFingerprint.Of(call) }, default));
        Assert.Equal(["mei: order"], _shredder.Shredded);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WriteWithoutAYesToTheseArguments_IsRefused(bool saidYesToAnother)
    {
        var call = Shred(Proven, "order") with { ConfirmedFingerprint = saidYesToAnother ? ToolFingerprint.Of(Shred(Proven, "letter")) : null };
        Assert.Equal(ToolRefusals.ConfirmationNeeded, await CodeAsync(call));
        Assert.Empty(_shredder.Shredded);
    }

    [Fact]
    public async Task StrangersCall_IsRefused()
    {
        var call = Shred(Stranger, "order");
        Assert.Equal(ToolRefusals.IdentityNeeded, await CodeAsync(call with { ConfirmedFingerprint = ToolFingerprint.Of(call) }));
        Assert.Empty(_shredder.Shredded);
    }

    [Fact]
    public async Task UnknownTool_IsRefused() => Assert.Equal(ToolRefusals.UnknownTool, await CodeAsync(Shred(Proven, "order") with { Tool = "shred_all" }));

    public static TheoryData<string, object?> WrongArguments { get; } = new()
    {
        { "customer_id", "somebody_else" },
        { "what", null },
        { "what", "planet" },
        { "what", 1.0 },
        { "pages", ImmutableArray<string>.Empty },
        { "pages", ImmutableArray.Create("1", "") },
        { "copies", double.NaN },
        { "copies", "two" },
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public async Task WrongArgument_IsRefused(string name, object? value)
    {
        var call = Shred(Proven, "order");
        call = call with { Arguments = value is null ? call.Arguments.Remove(name) : call.Arguments.SetItem(name, value) };
        Assert.Equal(ToolRefusals.BadArguments, await CodeAsync(call with { ConfirmedFingerprint = ToolFingerprint.Of(call) }));
        Assert.Empty(_shredder.Shredded);
    }

    [Fact]
    public async Task Fault_IsARefusalThatSaysNothingOfIt()
    {
        _shredder.Fault = new InvalidOperationException("the key is 1234");
        var call = Shred(Proven, "order");
        var refused = Assert.IsType<ToolResult.Refused>(await Gate().CallAsync(call with { ConfirmedFingerprint = ToolFingerprint.Of(call) }, default));
        Assert.Equal(ToolRefusals.Unavailable, refused.Code);
        Assert.DoesNotContain("1234", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoToolsOfOneName_AreRefused() => Assert.Throws<ArgumentException>(() => new ToolGate([_shredder, new Shredder()]));

    [Fact]
    public async Task ToolsThatComeAndGo_AreSeenAsTheyAre_AndNeverInPlaceOfOurs()
    {
        var more = new ChangingTools();
        var gate = new ToolGate([_shredder], more);
        Assert.Single(gate.Contracts);
        var told = 0;
        gate.Changed += () => told++;

        more.Tools = [new Shredder(), new Shredder("parcels.shred")];

        Assert.Equal(["parcels.shred", _shredder.Contract.Name], gate.Contracts.Select(contract => contract.Name));
        Assert.Same(_shredder.Contract, gate.Find(_shredder.Contract.Name));
        Assert.NotNull(gate.Find("parcels.shred"));
        more.Tools = [];
        Assert.Equal(2, told);
        Assert.Null(gate.Find("parcels.shred"));
        var gone = new ToolCall("parcels.shred", ImmutableSortedDictionary<string, object>.Empty, new ToolSubject("c-1", "chat", "en", null), "k");
        Assert.Equal(ToolRefusals.UnknownTool, Assert.IsType<ToolResult.Refused>(await gate.CallAsync(gone, default)).Code);
    }

    private ToolGate Gate() => new([_shredder]);

    private async Task<string> CodeAsync(ToolCall call) => Assert.IsType<ToolResult.Refused>(await Gate().CallAsync(call, default)).Code;

    private static ToolCall Shred(ToolSubject subject, string what) =>
        new("shred", ImmutableSortedDictionary<string, object>.Empty.Add("what", what), subject, "c1:m1:shred");

    private sealed class Shredder(string name = "shred") : ITool
    {
        public List<string> Shredded { get; } = [];

        public Exception? Fault { get; set; }

        public ToolContract Contract { get; } = new(name, "Shreds something.", "papers:write",
        [
            new("what", ToolParameterType.Text, "What to shred.") { OneOf = ["order", "letter"] },
            new("pages", ToolParameterType.TextList, "Which pages.", Required: false),
            new("copies", ToolParameterType.Number, "How many copies.", Required: false),
        ])
        { Writes = true };

        public ValueTask<ToolResult> CallAsync(ToolCall call, CancellationToken cancellation)
        {
            if (Fault is not null)
                throw Fault;
            Shredded.Add($"{call.Subject.Identity!.CustomerId}: {call.Text("what")}");
            return new(new ToolResult.Done(null));
        }
    }
}
