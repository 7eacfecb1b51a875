using CustomerService.Grains.Conversations;

namespace CustomerService.Pipelines.Actions;

/// <summary>What the past makes likely, as pipelines need it.</summary>
public interface IForesight
{
    /// <summary>What customers often come back with after an intent; null where nothing stands out.</summary>
    Likelihood? After(string intent);

    /// <summary>What rises unusually just now about an intent, one sentence each.</summary>
    IReadOnlyList<string> RisesIn(string intent);
}

/// <param name="Probability">0…1.</param>
/// <param name="Evidence">The counts that it rests on, in a sentence.</param>
public sealed record Likelihood(string Intent, double Probability, string Evidence);

/// <summary>Says what this customer will likely want next, and whether many write about the same just now. Nothing is said without its evidence.</summary>
public sealed class PredictFollowUp(IForesight foresight) : IPipelineAction
{
    public ActionContract Contract { get; } = new(
        "predict_follow_up",
        "Says what customers often want next after this intent, and whether it rises just now; each with its evidence, and nothing where the past does not show it.",
        [new ActionParameter("intent")],
        ["likely_intent", "probability", "evidence", "active_alerts"]);

    public ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var intent = call.Text("intent") ?? call.Run.Draft.Intent?.Intent ?? MessageSignals.Unknown.Intent;
        var next = foresight.After(intent);
        var rises = foresight.RisesIn(intent);
        call.Run.Draft.Expectations = next is null ? rises : [next.Evidence, .. rises];
        return new(new ActionResult(
            new Dictionary<string, object?>(4, StringComparer.Ordinal)
            {
                ["likely_intent"] = next?.Intent,
                ["probability"] = next?.Probability,
                ["evidence"] = next?.Evidence,
                ["active_alerts"] = rises,
            },
            next is null ? rises.Count > 0 ? rises[0] : "nothing stands out" : next.Evidence));
    }
}
