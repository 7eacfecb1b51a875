using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Prompts;
using CustomerService.Assistants.Tools;
using CustomerService.Knowledge;
using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Responses;

/// <summary>
/// Answers that a chat model writes from public articles and from what the tools return. It has to cite what it rests on; it changes nothing,
/// and knows of nobody but the conversation's own customer.
/// </summary>
internal sealed class ModelAnswers(ToolGate gate)
{
    private readonly ImmutableArray<AITool> _tools = ModelTools.Declared(gate);

    /// <summary>Asks, answers what the model asks for, and reads what it wrote; a reply that can't be used is repaired once.</summary>
    /// <param name="listen">Asked before each reply for who is told of its pieces, which are unchecked; null: nobody.</param>
    public async ValueTask<ModelOutcome> AnswerAsync(RunChat chat, AnswerRequest request, Func<Action<string>?>? listen, CancellationToken cancellation)
    {
        var tools = new ModelTools(gate, request);
        var question = StructuredChat.Question(chat, PromptNames.Answer, ModelQuestion.Of(chat, request)) with { Tools = _tools };
        var (rounds, repaired) = (0, false);
        while (true)
        {
            var reply = await chat.AskAsync(question with { MustReply = rounds >= chat.Settings.ToolRounds, Heard = listen?.Invoke() }, cancellation);
            if (reply.Text is null)
                return new ModelOutcome.Nothing(reply.Fault!);
            if (!reply.Calls.IsEmpty)
            {
                if (rounds++ >= chat.Settings.ToolRounds)
                    return new ModelOutcome.Nothing($"{chat.Name}: asks for tools without end");
                question = await WithResultsAsync(chat, question, reply, tools, cancellation);
                if (tools.WantsPerson)
                    return new ModelOutcome.Person($"{chat.Name} asks for a person");
                if (tools.Proposal is { } change)
                    return new ModelOutcome.Change(change, $"{chat.Name} asks for {change.Tool}");
                continue;
            }

            var reader = new ModelAnswerReader(chat, question, request, tools);
            if (StructuredChat.TryRead(question.Prompt, reply.Text, reader.Read, out var problem) is { } written)
                return written.Text is null ? new ModelOutcome.Nothing($"{chat.Name}: its sources don't answer it") : new ModelOutcome.Answer(reader.Compose(written));
            if (repaired)
                return new ModelOutcome.Nothing($"{chat.Name}: unreadable answer, also when asked again ({problem})");
            repaired = true;
            question = StructuredChat.Repair(question, reply, problem!);
        }
    }

    private static async ValueTask<ChatQuestion> WithResultsAsync(RunChat chat, ChatQuestion question, ChatReply reply, ModelTools tools, CancellationToken cancellation)
    {
        var (results, uses) = await tools.CallAsync(reply.Calls, cancellation);
        chat.Note(uses);
        return question with { Messages = [.. question.Messages, .. reply.Messages, results] };
    }
}

/// <summary>What came of asking a model for an answer.</summary>
internal abstract record ModelOutcome
{
    private ModelOutcome()
    {
    }

    public sealed record Answer(ComposedAnswer Composed) : ModelOutcome;

    /// <param name="Call">A change that the customer is to be asked about: shapes and identity are right, and nothing else is known of it.</param>
    /// <param name="Why">For the trace.</param>
    public sealed record Change(ToolCall Call, string Why) : ModelOutcome;

    /// <param name="Why">For the trace.</param>
    public sealed record Person(string Why) : ModelOutcome;

    /// <param name="Why">For the trace: why the local path has to do.</param>
    public sealed record Nothing(string Why) : ModelOutcome;
}

/// <summary>Reads and judges one written answer.</summary>
internal sealed class ModelAnswerReader(RunChat chat, ChatQuestion question, AnswerRequest request, ModelTools tools)
{
    /// <exception cref="FormatException">It can't be used; the message says why, for the model.</exception>
    public ModelAnswer Read(JsonElement json)
    {
        var text = ModelText.Plain(json.GetProperty("answer").GetString() ?? "");
        if (text.Length == 0)
            return new ModelAnswer(null, [], [], false);
        var sources = Texts(json, "sources");
        if (sources.IsEmpty)
            throw new FormatException("'sources' must name at least one source.");
        if (sources.FirstOrDefault(id => Facts(id).IsDefault) is { } unknown)
            throw new FormatException($"there is no source '{(unknown.Length <= 60 ? unknown : unknown[..60])}'.");
        if (Problem(text, sources) is { } problem)
            throw new FormatException(problem);

        // A button is worth no second try.
        var actions = Texts(json, "suggested_actions").Select(ModelText.Plain).Where(action => action.Length is > 0 and <= 80 && Problem(action, sources) is null);
        return new ModelAnswer(text, sources, [.. actions], json.GetProperty("follow_up_required").GetBoolean());
    }

    public ComposedAnswer Compose(ModelAnswer written)
    {
        var articles = request.Articles.Where(article => written.Sources.Contains(article.SourceId)).ToList();
        return new ComposedAnswer(
            written.Text!, written.Actions, written.Sources, [.. written.Sources.SelectMany(id => Facts(id))], [.. articles.SelectMany(article => article.Intents).Distinct()])
        {
            FollowUpRequired = written.FollowUpRequired,
            Note = $"{chat.Name}, prompt {question.Prompt}",
        };
    }

    // Only what is published says where one may go: a record's texts may come from anybody.
    private string? Problem(string text, ImmutableArray<string> sources) => chat.Settings.Providers.Values.Any(provider => provider.Key is { Length: > 5 } key && text.Contains(key, StringComparison.Ordinal))
        ? "it gives a key away."
        : ModelText.Problem(text, sources.Where(id => id.StartsWith(ArticleSourceId.Prefix, StringComparison.Ordinal)).SelectMany(id => Facts(id)), chat.Settings.LinkHosts, question.Messages[0].Text);

    /// <summary>What a source says; default: there is none of that name.</summary>
    private ImmutableArray<string> Facts(string id)
    {
        var returned = tools.Sources.TryGetValue(id, out var facts) ? facts : default;
        return request.Articles.FirstOrDefault(article => article.SourceId == id) is { } article
            ? [article.Title, article.Text, .. returned.IsDefault ? [] : returned]
            : returned;
    }

    private static ImmutableArray<string> Texts(JsonElement json, string field) => [.. json.GetProperty(field).EnumerateArray().Select(item => item.GetString()!).Distinct()];
}

/// <param name="Text">Null: the sources do not answer the question.</param>
internal sealed record ModelAnswer(string? Text, ImmutableArray<string> Sources, ImmutableArray<string> Actions, bool FollowUpRequired);
