using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Audit;

namespace CustomerService.Grains.Audit
{
    public enum ActOutcome
    {
        /// <summary>It may be done, and is about to be.</summary>
        Allowed,

        /// <summary>It may not be done.</summary>
        Denied,

        /// <summary>It could be done and was not; the reason says why.</summary>
        Failed,
    }

    /// <summary>Writes down that somebody did, or tried to do, something. Answer: <see cref="ActNumber"/>; the same for the same command id.</summary>
    /// <param name="Who">A person's id, <c>token:ID</c> or <c>system:PART</c>.</param>
    /// <param name="Act">The stored name of what was asked for, such as <c>queue.pause</c>.</param>
    /// <param name="Permission">What it needs; null: nothing but being signed in.</param>
    /// <param name="Target">The grain that it was asked of, <c>kind/key</c>.</param>
    /// <param name="Detail">What about it, in short; never what customers wrote.</param>
    /// <param name="Reason">Why it was denied or failed.</param>
    /// <param name="Address">The network address that it came from.</param>
    public sealed record NoteAct(string Who, string Act, string? Permission, string Target, ActOutcome Outcome, string? Detail, string? Reason, string? Address) : Turns.Command;

    /// <summary>Answer: <see cref="AuditHead"/>.</summary>
    public sealed record GetAuditHead : Turns.Query;

    public sealed record ActNumber(long Number) : Turns.Reply;

    /// <param name="Count">How many acts were noted.</param>
    /// <param name="Hash">Of the last; see <see cref="AuditChain"/>.</param>
    public sealed record AuditHead(long Count, string Hash) : Turns.Reply;

    /// <summary>One record of the audit log. Each is a journal event of the grain, whose sequence is its number.</summary>
    /// <param name="Hash">See <see cref="AuditChain.HashOf"/>.</param>
    public sealed record ActNoted(
        long Number, DateTimeOffset At, string Who, string Act, string? Permission, string Target, ActOutcome Outcome, string? Detail, string? Reason, string? Address, string Hash) : Journal.JournalEvent;

    public sealed record AuditState
    {
        internal const int RememberedCommands = 128;

        public long Count { get; init; }

        public string Head { get; init; } = AuditChain.Start;

        /// <summary>The last commands and the numbers that they got.</summary>
        public ImmutableList<RememberedAct> Remembered { get; init; } = [];
    }

    public sealed record RememberedAct(string CommandId, long Number);
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(NoteAct), "audit.note_act")]
    [JsonDerivedType(typeof(GetAuditHead), "audit.get_head")]
    public partial record Command;

    [JsonDerivedType(typeof(ActNumber), "audit.act_number")]
    [JsonDerivedType(typeof(AuditHead), "audit.head")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(ActNoted), "audit.act_noted")]
    public partial record JournalEvent;
}
