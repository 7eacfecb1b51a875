using CustomerService.Assistants.Automation;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Knowledge;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Actions;

/// <summary>Whether the assistant may answer by itself, and what speaks against it.</summary>
public sealed class AutomationCheck(AutomationRules rules, IQualityRulesSource quality, AnswerBook answers, IKnowledgeBase knowledge, Models.ModelRoles models, Procedures.ProcedureDesk procedures) : IPipelineAction
{
    private static readonly string[] OutputFields = ["can_automate", "automation_confidence", "risk_factors"];
    private static readonly string[] FactorFields = ["factor", "blocks", "detail"];

    public ActionContract Contract { get; } = new(
        "automation_check",
        "Decides whether an answer without a person is safe, with the factors that decided.",
        [
            new("intent", Required: true), new("customer_profile"),
            new("risk_assessment", AutoRule: "Weighs intent confidence, language, mood, urgency, failed proofs, legal words and whether an article answers, against the thresholds in the settings."),
            new("compliance_check"),
        ],
        [.. OutputFields]);

    public async ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var run = call.Run;
        var intent = call.Text("intent") ?? run.Draft.Intent?.Intent ?? "unknown";
        var decision = AutomationDecision.Of(rules, await CaseAsync(call, intent, cancellation));
        var factors = new List<object?>(decision.Factors.Length);
        foreach (var factor in decision.Factors)
            factors.Add(new Fields(FactorFields, factor.Name, factor.Blocks, factor.Detail));
        var note = decision.Factors.FirstOrDefault(factor => factor.Blocks) is { } blocking ? $"{blocking.Name}: {blocking.Detail}" : null;
        return new ActionResult(new Fields(OutputFields, decision.CanAutomate, decision.Confidence, factors), note);
    }

    private async ValueTask<AutomationCase> CaseAsync(ActionCall call, string intent, CancellationToken cancellation)
    {
        var run = call.Run;
        var memory = run.Share<RunMemory>();
        var signals = run.Draft.Signals;
        var language = signals.Language is "und" ? "en" : signals.Language;
        var needsArticle = !IntentNeeds.IsFromRecords(intent) && intent != IntentNeeds.IdentityDetails && answers.In(language)?.Has(AnswerKeys.FixedText(intent)) != true
            && !procedures.Starts(intent, answers.In(language));
        return new AutomationCase(intent, signals.Confidence)
        {
            // A pipeline that classifies otherwise than by our action gives an intent without a confidence.
            ConfidenceKnown = run.Draft.Intent?.Intent == intent,
            LanguageServed = answers.In(language) is not null || models.HasAny,
            Language = language,
            Sentiment = signals.Sentiment,
            Urgency = signals.Urgency,
            ProofsFailed = run.Context.FailedProofs + (run.Draft.ProofFailed ? 1 : 0),
            IdentityProven = memory.Identity.Proven is not null,
            NeedsPersonBecauseOf = call.Value("compliance_check") is false ? null : quality.Current.NeedsPerson.FirstIn(run.Context.Message.Content),
            // A model may find in records and products what no article says; without an answer a person is asked after all.
            KnowledgeConfidence = needsArticle && !models.HasAny ? await BestArticleAsync(call, memory, intent, signals.Language, cancellation) : null,
        };
    }

    private async ValueTask<double> BestArticleAsync(ActionCall call, RunMemory memory, string intent, string language, CancellationToken cancellation)
    {
        var tier = call.Value("customer_profile") is IReadOnlyDictionary<string, object?> profile ? profile.GetValueOrDefault("tier") as string : null;
        var query = KnowledgeBaseSearch.Query(call.Run.Context.Message.Content, intent, call.Run, language, tier, includeInternal: true);
        var best = 0.0;
        foreach (var hit in (await memory.SearchAsync(knowledge, query, cancellation)).Hits)
        {
            if (!hit.Article.Internal && hit.Score > best)
                best = hit.Score;
        }

        return best;
    }
}
