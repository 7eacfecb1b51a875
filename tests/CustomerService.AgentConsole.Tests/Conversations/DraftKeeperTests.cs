using System.Collections.Immutable;
using CustomerService.AgentConsole.Conversations;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.AgentConsole.Tests.Conversations;

public sealed class DraftKeeperTests
{
    private static readonly StaffMember Ann = new(ActorKind.Person, "ann", "Ann", [Role.Agent], null);
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly PersonalDoor _door = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task FirstKey_IsKeptAtOnce_AndTheLastOneWhenTheFieldIsLeft()
    {
        var keeper = new DraftKeeper(_door, Ann, "c-1", _time, NullLogger.Instance);
        keeper.Keep("D", isNote: false);
        await _door.Kept.WaitAsync();
        keeper.Keep("De", isNote: false);
        keeper.Keep("Dear Eve\0", isNote: false);

        await keeper.DisposeAsync();

        Assert.Equal(["D", "Dear Eve"], _door.Texts);
        Assert.Equal("Dear Eve", (await new DraftKeeper(_door, Ann, "c-1", _time, NullLogger.Instance).ReadAsync(Page()))?.Text);
    }

    [Fact]
    public async Task WhatCouldNotBeKept_IsKeptLater()
    {
        _door.Fault = new StoreUnavailableException("full disk");
        var keeper = new DraftKeeper(_door, Ann, "c-1", _time, NullLogger.Instance);
        keeper.Keep("Dear Eve", isNote: false);
        await _door.Tried.WaitAsync();
        _door.Fault = null;

        await keeper.DisposeAsync();

        Assert.Equal(["Dear Eve"], _door.Texts);
    }

    [Fact]
    public async Task WhatWasSentBeforeTheProgramDied_DoesNotComeBack()
    {
        var keeper = new DraftKeeper(_door, Ann, "c-1", _time, NullLogger.Instance);
        keeper.Keep("Dear Eve ", isNote: false);
        await _door.Kept.WaitAsync();

        Assert.Null(await keeper.ReadAsync(Page(Message("agent", "Dear Eve", _door.At.AddSeconds(1)))));
        await keeper.DisposeAsync();

        Assert.Equal(["Dear Eve ", ""], _door.Texts);
    }

    [Fact]
    public void TheSameWordsFromBefore_AreNoSending()
    {
        var draft = new KeptDraft("c-1", "Hello", IsNote: false, Noon);

        Assert.False(DraftKeeper.WasSent(draft, Page(Message("agent", "Hello", Noon.AddMinutes(-1))), "ann"));
        Assert.False(DraftKeeper.WasSent(draft, Page(Message("customer", "Hello", Noon.AddMinutes(1))), "ann"));
        Assert.True(DraftKeeper.WasSent(draft, Page(Message("agent", "Hello", Noon.AddMinutes(1))), "ann"));
    }

    [Fact]
    public void ANote_IsItsWritersOnly()
    {
        var draft = new KeptDraft("c-1", "call back", IsNote: true, Noon);

        Assert.True(DraftKeeper.WasSent(draft, Page(note: new PrivateNote("ann", "call back", Noon)), "ann"));
        Assert.False(DraftKeeper.WasSent(draft, Page(note: new PrivateNote("ben", "call back", Noon)), "ann"));
    }

    [Fact]
    public void WhatWasTranslated_IsKnownByItsOriginal()
    {
        var page = Page(Message("agent", "Hola", Noon));
        page = page with { Internal = page.Internal! with { Translations = [new MessageTranslation(7, "en", "Hello", "stub", Original: true, null)] } };

        Assert.True(DraftKeeper.WasSent(new KeptDraft("c-1", "Hello", IsNote: false, Noon), page, "ann"));
    }

    private static ChatMessage Message(string author, string text, DateTimeOffset at) => new(7, "m-1", author, text, [], [], at, null, null);

    private static ConversationPage Page(ChatMessage? message = null, PrivateNote? note = null) => new(
        "c-1", new ConversationStanding("assigned", false, 7, 0, 0, null, null, null), message is null ? [] : [message], false,
        new InternalSide("chat", "v-1", "c", null, "ann", null, null, note is null ? [] : [note], null));

    /// <summary>The door to one person's own grain, which is the real one.</summary>
    private sealed class PersonalDoor : IStaffDoor
    {
        private PersonalState _state = PersonalBehaviour.Initial("ann");

        public DateTimeOffset At { get; } = Noon;

        public List<string> Texts { get; } = [];

        public SemaphoreSlim Kept { get; } = new(0);

        public SemaphoreSlim Tried { get; } = new(0);

        public Exception? Fault { get; set; }

        public ValueTask<TReply> DoAsync<TReply>(StaffMember who, GrainId target, Command command, string? detail = null, CancellationToken cancellation = default)
            where TReply : Reply
        {
            Tried.Release();
            if (Fault is not null)
                throw Fault;
            Texts.Add(((KeepDraft)command).Text);
            var reply = (TReply)Turn(target, command);
            Kept.Release();
            return ValueTask.FromResult(reply);
        }

        public ValueTask<TReply> ReadAsync<TReply>(StaffMember who, GrainId target, Query query, CancellationToken cancellation = default)
            where TReply : Reply => ValueTask.FromResult((TReply)Turn(target, query));

        public ValueTask<T> ActAsync<T>(StaffMember who, Permission needed, string act, string target, Func<CancellationToken, ValueTask<T>> doIt, string? detail = null, CancellationToken cancellation = default) =>
            doIt(cancellation);

        public ValueTask RequireAsync(StaffMember who, Permission needed, string what, CancellationToken cancellation = default) => default;

        public ValueTask<StaffMember> RefreshAsync(StaffMember who, CancellationToken cancellation = default) => ValueTask.FromResult(who);

        private Reply Turn(GrainId target, Command command)
        {
            Assert.Equal(Grain.Personal("ann"), target);
            var turn = PersonalBehaviour.Handle(_state, command, At);
            _state = turn.State;
            return turn.Reply;
        }
    }
}
