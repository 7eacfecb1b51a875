using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Actions;

/// <summary>
/// The outcome of a run while its tasks still write it. Tasks of one run may work side by side, so each part has one
/// writing action; parts are read by tasks that depend on the writer.
/// </summary>
public sealed class RunDraft
{
    private readonly Lock _spending = new();

    /// <summary>Set by identification.</summary>
    public ProvenIdentity? Identity { get; set; }

    /// <summary>Set by identification: a proof was offered and did not hold.</summary>
    public bool ProofFailed { get; set; }

    /// <summary>Set by identification: who served this customer last, in any conversation.</summary>
    public ServedBy? LastServedBy { get; set; }

    /// <summary>Set by language detection within sentiment or intent, whichever runs first; ISO 639-1 or <c>und</c>.</summary>
    public string? Language { get; set; }

    /// <summary>Set by intent classification.</summary>
    public (string Intent, double Confidence)? Intent { get; set; }

    /// <summary>Set by intent classification: what else the customer may want, likeliest first.</summary>
    public IReadOnlyList<string> OtherIntents { get; set; } = [];

    /// <summary>Set by prediction: what to expect of this customer and of the day, one sentence each with its evidence.</summary>
    public IReadOnlyList<string> Expectations { get; set; } = [];

    /// <summary>Set by sentiment analysis.</summary>
    public (double Score, IReadOnlyList<string> Emotions, string Urgency)? Sentiment { get; set; }

    /// <summary>Set by the routing decision: what it was asked.</summary>
    public RoutingQuestion? Question { get; set; }

    /// <summary>Set by the routing decision.</summary>
    public RoutingChoice? Routing { get; set; }

    /// <summary>Set by response generation: the answer that is proposed, with its sources.</summary>
    public OutgoingMessage? Proposed { get; set; }

    /// <summary>Set by response generation: what the proposed answer asks the customer for.</summary>
    public PendingRequest? Pending { get; set; }

    /// <summary>Set by response generation: the procedure that goes on after this message, with all that was gathered; null: none does.</summary>
    public ActiveProcedure? Procedure { get; set; }

    /// <summary>Set by the quality check, for the text that it looked at.</summary>
    public QualityVerdict? Verdict { get; set; }

    /// <summary>Set by routing to an agent, or by sending when there is nothing that may be sent.</summary>
    public HandoffPackage? Handoff { get; set; }

    /// <summary>Set by routing to an agent: the product's own words to the customer, which need no check.</summary>
    public string? HandoffMessage { get; set; }

    /// <summary>Set by sending: what really goes out.</summary>
    public OutgoingMessage? Answer { get; set; }

    /// <summary>What chat models took so far in this run; null: nothing. Added to by <see cref="Spend"/>, from any task.</summary>
    public ModelSpend? Spent { get; private set; }

    /// <summary>Counts what a chat model took. Tasks that run side by side may call it at once.</summary>
    public void Spend(ModelSpend spent)
    {
        lock (_spending)
            Spent = (Spent ?? ModelSpend.None) + spent;
    }

    /// <summary>What became of changes that the customer said yes to; reported by response generation.</summary>
    public ImmutableArray<CallOutcome> Outcomes { get; private set; } = [];

    public void Report(CallOutcome outcome) => Outcomes = Outcomes.Add(outcome);

    /// <summary>Set by logging.</summary>
    public InteractionLog? Log { get; set; }

    /// <summary>What was understood so far; the parts that no task provided are unknown.</summary>
    public MessageSignals Signals => new(
        Language ?? MessageSignals.Unknown.Language,
        Intent?.Intent ?? MessageSignals.Unknown.Intent,
        Intent?.Confidence ?? 0,
        Sentiment?.Score ?? 0,
        [.. Sentiment?.Emotions ?? []],
        Sentiment?.Urgency ?? MessageSignals.Unknown.Urgency);
}

/// <summary>The quality check's word on one text.</summary>
/// <param name="Text">The text that was checked.</param>
/// <param name="Score">Mean of the checks, 0…1.</param>
/// <param name="Passed">Whether it may be sent.</param>
/// <param name="Issues">What was found, one short line each.</param>
public sealed record QualityVerdict(string Text, double Score, bool Passed, IReadOnlyList<string> Issues);
