using System.Collections.Immutable;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Orders;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Actions;

/// <summary>Composes the answer: from the customer's records after proof, a fixed text, or articles. Without a source there is no answer.</summary>
public sealed class GenerateCustomerResponse(AnswerBook answers, IOrderSystem orders, ModelRoles models, ToolGate tools, ProcedureDesk procedures, WritingSign? sign = null) : IPipelineAction
{
    private static readonly string[] OutputFields = ["response_content", "suggested_actions", "follow_up_required", "sources", "tone"];

    private readonly RecordAnswers _records = new(orders);
    private readonly ModelAnswers _written = new(tools);

    public ActionContract Contract { get; } = new(
        "generate_customer_response",
        "Writes an answer that rests on the customer's records, on articles or on the owner's texts; none where nothing answers.",
        [
            new("intent", Required: true), new("knowledge_base"), new("customer_profile"),
            new("tone", AutoRule: "Empathetic to someone upset, casual to someone who writes casually, else as the customer's profile prefers."),
            new("personalization_level", AutoRule: "High: by name where it is known."),
            new("include_next_steps"),
        ],
        [.. OutputFields]);

    public async ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var run = call.Run;
        var memory = run.Share<RunMemory>();
        var request = Request(call, memory);
        var (answer, note) = await AnswerAsync(call, request, memory, cancellation);
        memory.Composed = answer;
        if (answer is not null)
        {
            run.Draft.Proposed = new OutgoingMessage(answer.Text, answer.Actions, answer.Sources);
            run.Draft.Pending = answer.Pending;
        }

        return new ActionResult(
            new Fields(OutputFields, answer?.Text, answer?.Actions, answer?.FollowUpRequired ?? true, answer?.Sources, request.Tone), note);
    }

    /// <summary>Procedures first: the one that the conversation is in, or one that the intent starts.</summary>
    private async ValueTask<(ComposedAnswer? Answer, string Note)> AnswerAsync(
        ActionCall call, AnswerRequest request, RunMemory memory, CancellationToken cancellation)
    {
        var turn = await procedures.AnswerAsync(request, memory.Identity, cancellation);
        if (turn is { Interrupts: true })
        {
            var (between, note) = await ComposeAsync(call, request, memory, cancellation);
            turn = between is null ? turn with { Note = $"{note}; {turn.Note}" } : await procedures.ComeBackAsync(between, request, memory.Identity, cancellation);
        }

        call.Run.Draft.Procedure = turn is null ? procedures.Kept(request) : turn.Procedure;
        return turn is null ? await ComposeAsync(call, request, memory, cancellation) : (turn.Answer, turn.Note);
    }

    private async ValueTask<(ComposedAnswer? Answer, string Note)> ComposeAsync(
        ActionCall call, AnswerRequest request, RunMemory memory, CancellationToken cancellation)
    {
        if (request.Phrases is not null)
        {
            if (IntentNeeds.IsFromRecords(request.Intent) || (memory.ProofRequired && request.Identity is null))
            {
                var fromRecords = await _records.AnswerAsync(request, memory.Identity, cancellation);
                return (fromRecords, fromRecords?.Note ?? "a person has to go on");
            }

            var fixedAnswer = request.Intent == IntentNeeds.IdentityDetails ? RecordAnswers.AboutIdentity(request, memory.Identity) : ArticleAnswers.Fixed(request);
            if (fixedAnswer is not null)
                return (fixedAnswer, fixedAnswer.Note);
        }

        switch (await WriteAsync(call, request, memory, cancellation))
        {
            case ModelOutcome.Answer { Composed: var written }:
                return (written, written.Note);
            case ModelOutcome.Person person:
                return (null, person.Why);
            case ModelOutcome.Change change when await procedures.ProposeAsync(request, memory.Identity, change.Call, cancellation) is { } turn:
                call.Run.Draft.Procedure = turn.Procedure;
                return (turn.Answer, $"{change.Why}; {turn.Note}");
            case var outcome:
                var answer = ArticleAnswers.FromBest(request);
                var why = outcome switch
                {
                    ModelOutcome.Nothing nothing => ModelPath.Local(nothing.Why) + "; ",
                    ModelOutcome.Change change => ModelPath.Local($"{change.Why}, which can't be asked of the customer now") + "; ",
                    _ => "",
                };
                return (answer, why + (answer?.Note ?? "nothing answers it"));
        }
    }

    /// <summary>What a model writes, if the task names one; null: it names none.</summary>
    private async ValueTask<ModelOutcome?> WriteAsync(ActionCall call, AnswerRequest request, RunMemory memory, CancellationToken cancellation)
    {
        if (models.Find(call, out var whyNot) is not { } chat)
            return whyNot is null ? null : new ModelOutcome.Nothing(whyNot);
        return ModelPath.HoldsProof(call, memory)
            ? new ModelOutcome.Nothing("the message holds a proof of identity")
            : await _written.AnswerAsync(chat, request, () => sign?.Begin(call.Run), cancellation);
    }

    private AnswerRequest Request(ActionCall call, RunMemory memory)
    {
        var run = call.Run;
        var language = run.Draft.Language is null or "und" ? "en" : run.Draft.Language;
        var tone = Tone(call);
        return new AnswerRequest(call.Text("intent") ?? run.Draft.Intent?.Intent ?? "unknown", run.Context.Message.Content, run, answers.In(language))
        {
            Language = language,
            Tone = tone,
            Name = call.Text("personalization_level") is "none" or "low" ? null : Name(call, memory, tone),
            Greet = !run.Context.History.Any(line => line.Author is Author.Assistant or Author.Agent),
            IncludeNextSteps = call.Value("include_next_steps") is not false,
            Articles = KnowledgeBaseSearch.PublicArticles(call.Value("knowledge_base"), memory),
            Identity = memory.Identity.Proven,
            Chat = ModelPath.HoldsProof(call, memory) ? null : models.Find(call, out _),
        };
    }

    private static string Tone(ActionCall call)
    {
        if (call.Text("tone") is { } told && told is (Tones.Formal or Tones.Casual or Tones.Empathetic or Tones.Neutral))
            return told;
        if (call.Run.Draft.Sentiment is { Score: < ToneCheck.Upset })
            return Tones.Empathetic;
        if (StyleOf(call.Run.Context.Message.Content) is { } style)
            return style;
        return Profile(call, "preferred_tone") switch { "formal" => Tones.Formal, "casual" or "friendly" => Tones.Casual, _ => Tones.Neutral };
    }

    private static string? StyleOf(string message)
    {
        var start = message.AsSpan().TrimStart();
        if (start.StartsWith("dear ", StringComparison.OrdinalIgnoreCase) || start.StartsWith("to whom", StringComparison.OrdinalIgnoreCase))
            return Tones.Formal;
        return start.StartsWith("hey", StringComparison.OrdinalIgnoreCase) || start.StartsWith("yo ", StringComparison.OrdinalIgnoreCase)
            || start.Contains(" lol", StringComparison.OrdinalIgnoreCase) || start.Contains(" thx", StringComparison.OrdinalIgnoreCase)
            ? Tones.Casual
            : null;
    }

    // Someone who writes formally is called by the full name, everyone else by the first.
    private static string? Name(ActionCall call, RunMemory memory, string tone)
    {
        var name = memory.Identity.Proven?.Name ?? Profile(call, "name");
        if (string.IsNullOrWhiteSpace(name))
            return null;
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        return tone == Tones.Formal || space <= 0 ? name : name[..space];
    }

    private static string? Profile(ActionCall call, string field) =>
        call.Value("customer_profile") is IReadOnlyDictionary<string, object?> profile ? profile.GetValueOrDefault(field) as string : null;
}
