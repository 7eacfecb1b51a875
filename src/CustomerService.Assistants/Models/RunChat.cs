using System.Collections.Immutable;
using CustomerService.Assistants.Budgets;
using CustomerService.Assistants.Prompts;
using CustomerService.Grains.Budgets;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Models;

/// <summary>
/// One role's chat model, asked on behalf of one task: within the budgets and the task's time, counted, and told in the trace. A model that
/// could not be reached once in a run is not tried again in it, so that an outage costs a customer one wait.
/// </summary>
internal sealed class RunChat(GuardedChat chat, ActionCall call, PromptLibrary prompts, DayBudget day, ModelInstruments instruments)
{
    /// <summary>What a task keeps for itself, to go on without the model.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(1);

    /// <summary>Provider and model, for a trace.</summary>
    public string Name => chat.Name;

    public ChatModelSettings Settings => chat.Settings;

    /// <summary>Most characters of a customer's message to put into a question.</summary>
    public int MaxMessageCharacters => chat.Settings.MaxMessageCharacters;

    public Prompt Prompt(string name) => prompts[name];

    /// <summary>The prompt's words for this use.</summary>
    public string Instructions(Prompt prompt) => prompt.Render(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["business"] = Settings.Business,
        ["words"] = Settings.AnswerWords.ToString(System.Globalization.CultureInfo.InvariantCulture),
    });

    /// <summary>Asks the model. Only the caller's own cancellation is an exception.</summary>
    public async ValueTask<ChatReply> AskAsync(ChatQuestion question, CancellationToken cancellation)
    {
        var left = TimeLeft();
        if (await RefusalAsync(left, cancellation) is { } refusal)
            return refusal;
        using var limit = new CancellationTokenSource(left, call.Run.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var started = call.Run.Time.GetTimestamp();
        ChatReply reply;
        try
        {
            reply = await chat.AskAsync(question, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            reply = ChatReply.Failed($"{Name}: no answer in time", "timeout") with { Seconds = call.Run.Time.GetElapsedTime(started).TotalSeconds };
            if (cancellation.IsCancellationRequested)
            {
                Count(question, reply);
                throw;
            }
        }

        Count(question, reply);
        if (reply.ErrorType is "timeout" or "connection" or "circuit_open" or "rate_limit" or "429" or ['5', ..])
            call.Run.Share<Unreachable>().Add(Name);
        return reply;
    }

    /// <summary>What came of the tools that the last reply asked for.</summary>
    public void Note(ImmutableArray<ToolUse> tools)
    {
        call.Models.AddTools(tools);
        foreach (var tool in tools)
            instruments.CountTool(tool.Tool, tool.Outcome);
    }

    private TimeSpan TimeLeft()
    {
        var left = call.Deadline is { } deadline ? deadline - Reserve - call.Run.Time.GetUtcNow() : Settings.TotalTimeout;
        return left < Settings.TotalTimeout ? left : Settings.TotalTimeout;
    }

    private async ValueTask<ChatReply?> RefusalAsync(TimeSpan left, CancellationToken cancellation)
    {
        if (call.Run.Share<Unreachable>().Has(Name))
            return ChatReply.Failed($"{Name}: did not answer a moment ago", "unreachable");
        var (why, reason) = left <= TimeSpan.Zero ? ("no time is left for it", "no_time")
            : ConversationBudget.Refusal(call.Run, Settings.ConversationBudget) is { } conversation ? (conversation, "conversation_budget")
            : await day.RefusalAsync(cancellation) is { } ofDay ? (ofDay, "day_budget")
            : (null, null);
        if (why is null)
            return null;
        instruments.CountRefusal(reason!);
        return ChatReply.Failed($"{Name}: {why}", reason!);
    }

    private void Count(ChatQuestion question, ChatReply reply)
    {
        var tokens = (long)reply.InputTokens + reply.OutputTokens;
        call.Run.Draft.Spend(new ModelSpend(1, tokens, reply.Cost ?? 0, reply.Seconds));
        day.Spend(new ModelAllowance(tokens, reply.Cost ?? 0, reply.Seconds));
        instruments.Count(chat.Role, reply);
        call.Models.Add(new ModelUse(chat.Role.Role, chat.Role.Provider, chat.Role.Model, reply.InputTokens, reply.OutputTokens, reply.Cost)
        {
            Prompt = question.Prompt.ToString(),
            Seconds = reply.Seconds,
            FirstToken = reply.FirstToken,
            Fault = reply.Fault,
        });
    }

    /// <summary>The models that could not be reached in this run.</summary>
    private sealed class Unreachable
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        public void Add(string name)
        {
            lock (_names)
                _names.Add(name);
        }

        public bool Has(string name)
        {
            lock (_names)
                return _names.Contains(name);
        }
    }
}
