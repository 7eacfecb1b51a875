using System.Collections.Immutable;

namespace CustomerService.Gateway.Staff;

/// <summary>What an agent is to be.</summary>
/// <param name="Presence"><c>available</c>, <c>away</c> or <c>offline</c>; may be left out with an activity, which says it.</param>
public sealed record PresenceChoice(string? Presence)
{
    /// <summary>One of the activities of <c>desk.yaml</c>, or of the agent's own desk settings.</summary>
    public string? Activity { get; init; }

    /// <summary>Not now, but when the desk is empty; until then nothing new comes.</summary>
    public bool WhenFree { get; init; }

    /// <summary>The supervisor who sets it; left out: the agent.</summary>
    public string? By { get; init; }
}

/// <param name="Code">One of the queue's codes, where it has some.</param>
/// <param name="Note">For colleagues.</param>
public sealed record WrapUpResult(string? Code, string? Note);

public sealed record DeclinedOffer(string? Reason);

/// <param name="MessageId">The reply's own id; sending it again is safe. Left out: one is made.</param>
public sealed record AgentReply(string? AgentId, string? MessageId, string? Text)
{
    /// <summary>What it is written in, ISO 639-1. Where the customer writes in another language it is translated before it goes out. Left out: it is told from the text.</summary>
    public string? Language { get; init; }

    /// <summary>Not to be translated; with the messageId of a reply that could not be translated: send that one all the same.</summary>
    public bool? AsIs { get; init; }

    /// <summary>Tickets of up to 10 uploaded files (POST /api/attachments). With files there need be no text.</summary>
    public ImmutableArray<string>? Attachments { get; init; }

    /// <summary>Send it although the review held it back; needs a <see cref="Reason"/>. Card numbers and secrets are never sent.</summary>
    public bool Anyway { get; init; }

    /// <summary>Why it must be sent all the same; it is kept in the journal.</summary>
    public string? Reason { get; init; }
}

/// <param name="Language">What it is written in, ISO 639-1.</param>
/// <param name="To">Left out: the customer's language.</param>
public sealed record TranslationPreview(string? AgentId, string? Text, string? Language, string? To);

/// <param name="Language">ISO 639-1.</param>
/// <param name="Provider">Who translated it.</param>
public sealed record TranslatedDraft(string Text, string Language, string Provider);

/// <param name="Text">What the agent thinks of sending.</param>
public sealed record DraftText(string? Text);

public sealed record AgentNote(string? AgentId, string? Text);

public sealed record AgentAction(string? AgentId);

/// <param name="Priority">0 to 10; higher is served first. Left out: as it is.</param>
public sealed record TransferRequest(string? AgentId, string? Queue, int? Priority, string? Reason)
{
    /// <summary>Instead of the agent: a supervisor who moves it.</summary>
    public string? By { get; init; }

    /// <summary>Whoever has it keeps it until the next agent has accepted. Left out: no.</summary>
    public bool? Warm { get; init; }

    /// <summary>This agent goes first, if there.</summary>
    public string? ToAgent { get; init; }

    /// <summary>What the next agent must know; colleagues see it, the customer never.</summary>
    public string? Note { get; init; }

    /// <summary>What is asked of the next agent.</summary>
    public ImmutableArray<WantedSkill>? Needs { get; init; }
}

/// <summary>What is known about a customer; what is left out stays as it is.</summary>
/// <param name="Tier"><c>standard</c>, <c>silver</c>, <c>gold</c> or <c>platinum</c>.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="PreferredTone">How answers should sound, such as <c>friendly</c> or <c>formal</c>.</param>
public sealed record CustomerSettings(string? Name, string? Email, string? Tier, string? Language, string? PreferredTone);
