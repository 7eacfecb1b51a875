using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerService.Grains.Conversations;

/// <summary>
/// A procedure that the assistant is in the middle of with the customer, such as a return: which step it waits at and everything
/// gathered so far. It outlives messages about something else, restarts and days, until it ends, runs out or goes to a person.
/// </summary>
/// <param name="Name">The procedure's name, such as <c>return_items</c>.</param>
/// <param name="Version">Of its declaration when it began; another version since then starts it again with what was gathered.</param>
/// <param name="Step">The step that waits for the customer.</param>
/// <param name="Slots">What was gathered, by slot; lists and addresses are JSON texts.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="AskedAt">When the customer was last asked something in it.</param>
public sealed record ActiveProcedure(
    string Name, int Version, string Step, ImmutableDictionary<string, string> Slots, DateTimeOffset StartedAt, DateTimeOffset AskedAt)
{
    /// <summary>The most slots and the longest value, in characters, so that a conversation's record stays bounded.</summary>
    public const int MaxSlots = 40;

    /// <inheritdoc cref="MaxSlots"/>
    public const int MaxSlotLength = 4_000;

    /// <summary>How a step begins that lies behind the procedure's end: nothing is waited for, and a second thought still finds what was done.</summary>
    public const string OverPrefix = "Done:";

    /// <summary>Whether it has ended, and is kept for what the customer may say about it next.</summary>
    [JsonIgnore]
    public bool IsOver => Step.StartsWith(OverPrefix, StringComparison.Ordinal);

    /// <summary>How often the present step has asked already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Asked { get; init; }

    /// <summary>What was put before the customer for a yes or no: the fingerprint of one tool call with all its arguments. Null: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AwaitsYesTo { get; init; }

    /// <summary>Writes that were carried out in it, oldest first: what a person has to know, and what can be undone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<string> Done { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>What became of one change that the customer said yes to.</summary>
/// <param name="Fingerprint">Of the tool call with all its arguments: what the yes was to.</param>
/// <param name="Tool">Such as <c>cancel_order</c>.</param>
/// <param name="Code"><see cref="Done"/>, or why it was refused, such as <c>not_pending</c>.</param>
/// <param name="At">When it was tried.</param>
public sealed record CallOutcome(string Fingerprint, string Tool, string Code, DateTimeOffset At)
{
    public const string Done = "done";
}

/// <summary>What chat models took for one conversation so far.</summary>
/// <param name="Calls">How many calls.</param>
/// <param name="Tokens">Read and written, together.</param>
/// <param name="Cost">In US dollars; calls without a known price count nothing.</param>
/// <param name="Seconds">How long they took, together.</param>
public sealed record ModelSpend(int Calls, long Tokens, decimal Cost, double Seconds)
{
    public static ModelSpend None { get; } = new(0, 0, 0, 0);

    public static ModelSpend operator +(ModelSpend left, ModelSpend right) =>
        new(left.Calls + right.Calls, left.Tokens + right.Tokens, left.Cost + right.Cost, left.Seconds + right.Seconds);
}
