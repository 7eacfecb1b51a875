using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Prompts;
using CustomerService.Assistants.Responses;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;
using LocalSignals = CustomerService.Language.MessageSignals;

namespace CustomerService.Assistants.Actions;

/// <summary>What the customer wants. A message that brings what was asked for goes on with the intent that asked.</summary>
public sealed class IntentClassification(MessageUnderstanding understanding, ModelRoles models, AnswerBook answers, ProcedureDesk procedures) : IPipelineAction
{
    private const string Unknown = IntentRanking.Unknown;

    // From here on a message that also brings what was asked for is about something new all the same.
    private const double CertainOfSomethingNew = 0.7;

    private const double SaidOutright = 0.8;

    // So few letters say little of the language that they are in; a Japanese one says more than a Latin one.
    private const int TooFewLetters = 16;
    private const int MostForUnspaced = 6;

    private static readonly string[] OutputFields = ["primary_intent", "secondary_intents", "confidence_scores", "required_actions", "confidence"];

    public ActionContract Contract { get; } = new(
        "intent_classification",
        "Names what the customer wants, with second guesses, confidences and what has to be done for it.",
        [
            new("content", Required: true), new("customer_context"), new("channel"),
            new("intent_taxonomy", AutoRule: "The intents that the local classifier was trained on, and 'unknown'."),
        ],
        [.. OutputFields]);

    public async ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var run = call.Run;
        var memory = run.Share<RunMemory>();
        var text = call.Text("content") ?? run.Context.Message.Content;
        var local = memory.Understand(understanding, text, run.Context);
        run.Draft.Language ??= local.Language;
        var ranking = local.Intent;
        string? note = null;
        if (await InProcedureAsync(run, memory, ranking, cancellation) is { } goesOn)
        {
            (ranking, note) = goesOn;
        }
        else if (Continued(run.Context, memory, ranking) is { } continued)
        {
            (ranking, note) = continued;
        }
        else if (procedures.SaidToStart(text, Phrases(run), (ranking.Primary, ranking.Confidence)) is var (said, because))
        {
            (ranking, note) = (Only(said, SaidOutright), because);
        }
        else
        {
            var (asked, why) = await ModelPath.TryAsync(
                models, call, memory, chat => StructuredChat.AskAsync(chat, PromptNames.Intent, Question(chat, call, text), json => Read(json, Taxonomy(call)), cancellation));
            note = why;
            ranking = asked ?? ranking;
        }

        memory.Intent = ranking;
        run.Draft.Intent = (ranking.Primary, ranking.Confidence);
        run.Draft.OtherIntents = [.. ranking.Ranked.Where(score => score.Intent != ranking.Primary && score.Confidence >= 0.1).Select(score => score.Intent)];
        return new ActionResult(Outputs(ranking, memory), note);
    }

    private static Fields Outputs(IntentRanking ranking, RunMemory memory)
    {
        var names = new string[ranking.Ranked.Length];
        var confidences = new object?[ranking.Ranked.Length];
        for (var i = 0; i < names.Length; i++)
            (names[i], confidences[i]) = (ranking.Ranked[i].Intent, ranking.Ranked[i].Confidence);
        string[] secondary = [.. ranking.Secondary.Select(score => score.Intent)];
        return new Fields(
            OutputFields, ranking.Primary, secondary, new Fields(names, confidences),
            IntentNeeds.RequiredActions(ranking.Primary, memory.Identity.Proven is not null), ranking.Confidence);
    }

    private async ValueTask<(IntentRanking, string?)?> InProcedureAsync(RunScope run, RunMemory memory, IntentRanking ranking, CancellationToken cancellation)
    {
        if (run.Context.Procedure is not { } active)
            return null;
        // "2", "PayPal" and an address of email are in no language: the conversation goes on in its own.
        if (run.Draft.Language is null or "und" || SaysLittle(run.Context.Message.Content))
            run.Draft.Language = ProcedureDesk.LanguageOf(active) ?? run.Draft.Language;
        // A proof that is under way is looked at below: it has its own rules.
        if (run.Context.Pending?.Kind == PendingKinds.Identity && memory.Identity.Proven is null)
            return null;
        return await procedures.ContinuedAsync(run.Context, Phrases(run), (ranking.Primary, ranking.Confidence), memory.Identity.Proven, cancellation) is { } goesOn
            ? (Only(goesOn.Intent, 1), goesOn.Why)
            : null;
    }

    private AnswerPhrases? Phrases(RunScope run) => answers.In(run.Draft.Language is null or "und" ? "en" : run.Draft.Language);

    private static bool SaysLittle(string message)
    {
        var letters = message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Contains('@', StringComparison.Ordinal))
            .Sum(word => word.Sum(letter => !char.IsLetter(letter) ? 0 : FoldedText.IsUnspaced(letter) ? MostForUnspaced : 1));
        return letters < TooFewLetters;
    }

    private static (IntentRanking, string?)? Continued(RunContext context, RunMemory memory, IntentRanking ranking)
    {
        var nothingNew = ranking.Primary is Unknown or IntentNeeds.IdentityDetails;
        if (context.Pending is { } pending)
        {
            var brings = Brings(pending, context, memory);
            if (brings && (nothingNew || ranking.Primary == pending.Intent || ranking.Confidence < CertainOfSomethingNew))
                return (Only(pending.Intent, 1), $"brings the {pending.Kind} that was asked for");
            if (nothingNew)
                return (Only(pending.Intent, 0.8), $"still about the {pending.Kind} that was asked for");
        }
        else if (ranking.Primary == Unknown && OrderNumber.TryFindIn(context.Message.Content, out _))
        {
            return (Only(IntentNeeds.OrderStatus, 0.8), "names an order and nothing else");
        }

        return null;
    }

    private static bool Brings(PendingRequest pending, RunContext context, RunMemory memory) => pending.Kind switch
    {
        PendingKinds.Identity => memory.ProofIn(context) != CustomerProof.Nothing,
        PendingKinds.OrderNumber => OrderNumber.TryFindIn(context.Message.Content, out _),
        _ => false,
    };

    private static IntentRanking Only(string intent, double confidence) => new(intent, confidence, [new(intent, confidence)]);

    private IReadOnlyList<string> Taxonomy(ActionCall call) =>
        call.Value("intent_taxonomy") is IEnumerable<object?> list && list.OfType<string>().ToList() is { Count: > 0 } named ? named : understanding.Intents;

    private Dictionary<string, object?> Question(RunChat chat, ActionCall call, string text) => new()
    {
        ["message"] = text.Length <= chat.MaxMessageCharacters ? text : text[..chat.MaxMessageCharacters],
        ["conversation"] = ModelQuestion.Conversation(call.Run.Context),
        ["intents"] = Taxonomy(call),
    };

    private static IntentRanking Read(JsonElement json, IReadOnlyList<string> taxonomy)
    {
        var ranked = ImmutableArray.CreateBuilder<IntentScore>();
        foreach (var entry in json.GetProperty("intents").EnumerateArray().Take(5))
        {
            var intent = entry.GetProperty("intent").GetString()!;
            if (intent != Unknown && !taxonomy.Contains(intent))
                throw new FormatException($"'{(intent.Length <= 60 ? intent : intent[..60])}' is not among the intents.");
            ranked.Add(new(intent, entry.GetProperty("confidence").GetDouble()));
        }

        var ordered = ranked.OrderByDescending(score => score.Confidence).ToList();
        return new IntentRanking(ordered[0].Intent, ordered[0].Confidence, [.. ordered.Where(score => score.Intent != Unknown)]);
    }
}
