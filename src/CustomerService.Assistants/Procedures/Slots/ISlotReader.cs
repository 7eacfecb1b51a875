using System.Collections.Immutable;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Responses;
using CustomerService.Grains.Conversations;

namespace CustomerService.Assistants.Procedures;

/// <summary>
/// Proposes values for a procedure's slots from a message. Proposals are no more than that: whoever makes them, only what
/// <see cref="SlotRules"/> holds valid is taken, and nothing is done without the customer's yes.
/// </summary>
internal interface ISlotReader
{
    /// <returns>Values by slot, as texts of the slot's type (lists and addresses as JSON); slots that the message says nothing of are not in it.</returns>
    ValueTask<ImmutableDictionary<string, string>> ReadAsync(SlotReading reading, CancellationToken cancellation);
}

/// <summary>What a message is read for.</summary>
/// <param name="Text">The customer's words.</param>
/// <param name="View">What is known before it.</param>
/// <param name="Phrases">The texts of the conversation's language.</param>
internal sealed record SlotReading(string Text, SlotView View, AnswerPhrases Phrases)
{
    /// <summary>The slot that was asked for; null: none was, so only what is said outright counts.</summary>
    public string? Asked { get; init; }

    /// <summary>The values that were listed with numbers, in their order.</summary>
    public ImmutableArray<string> Offered { get; init; } = [];

    /// <summary>The customer is changing what was gathered: what is said may replace it.</summary>
    public bool Correcting { get; init; }

    /// <summary>Whom to ask for what the rules can't read; null: nobody.</summary>
    public SlotModel? Model { get; init; }
}

/// <summary>A chat model that may read slots, on behalf of one task.</summary>
/// <param name="Context">The conversation that the message stands in.</param>
internal sealed record SlotModel(RunChat Chat, RunContext Context);
