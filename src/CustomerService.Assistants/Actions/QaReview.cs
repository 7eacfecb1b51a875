using System.Collections.Immutable;
using CustomerService.Assistants.Quality;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Actions;

/// <summary>Reviews the answer before it may be sent.</summary>
public sealed class QaReview(IQualityRulesSource rules) : IPipelineAction
{
    private static readonly string[] OutputFields = ["qa_score", "compliance_status", "improvement_suggestions", "issues", "checks", "passed"];
    private static readonly string[] CheckFields = ["compliance", "tone", "accuracy"];

    private readonly QualityGate _gate = new(rules);

    public ActionContract Contract { get; } = new(
        "qa_review",
        "Scores an answer for compliance, tone and accuracy; what fails is not sent.",
        [
            new("response"), new("intent_match"),
            new("compliance_rules", AutoRule: "All rules of content/quality.yaml; none can be left out."),
            new("brand_guidelines"),
        ],
        [.. OutputFields]);

    public ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        if (call.Text("response") is not { } response)
            return ValueTask.FromResult(new ActionResult(new Fields(OutputFields, null, "not_applicable", (string[])[], (string[])[], null, null), "no answer to review"));

        var review = _gate.Review(Subject(call, response));
        call.Run.Draft.Verdict = new QualityVerdict(response, review.Score, review.Passed, review.Issues);
        var checks = new Fields(CheckFields, review["compliance"].Score, review["tone"].Score, review["accuracy"].Score);
        var compliant = review["compliance"].Findings.IsEmpty;
        return ValueTask.FromResult(new ActionResult(
            new Fields(OutputFields, review.Score, compliant ? "passed" : "failed", review.Suggestions, review.Issues, checks, review.Passed),
            review.Passed ? null : $"held back: {string.Join(' ', review.Issues)}"));
    }

    private static QualitySubject Subject(ActionCall call, string response)
    {
        var run = call.Run;
        var memory = run.Share<RunMemory>();
        var composed = memory.Composed?.Text == response ? memory.Composed : null;
        return new QualitySubject(response)
        {
            Language = run.Draft.Language is null or "und" ? null : run.Draft.Language,
            Channel = run.Context.Message.Channel,
            Tier = memory.Tier,
            Intent = call.Text("intent_match"),
            AnsweredIntents = composed?.Intents ?? [],
            CustomerMessage = run.Context.Message.Content,
            CustomerSentiment = run.Draft.Sentiment?.Score ?? 0,
            Sources = composed?.Grounds ?? [],
            OwnDetails = [.. composed?.OwnDetails ?? [], .. memory.OwnDetails],
            BrandGuidelines = call.Value("brand_guidelines") is not false,
        };
    }
}
