using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CustomerService.Assistants.Suggestions;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Silo.Running;

/// <summary>Suggestions for agents, written by the model that the pipeline in use lets write its answers.</summary>
internal sealed class ReplySuggestions(PipelineHolder parts) : IReplySuggestions
{
    private const string WritesAnswers = "generate_customer_response";

    public async IAsyncEnumerable<SuggestionNews> SuggestAsync(
        ConversationView conversation, ImmutableArray<ChatMessage> messages, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var running = parts.Parts ?? throw new InvalidOperationException("The pipeline's parts are made with the grains' host.");
        var last = messages.Last(message => message.Author == "customer");
        var interaction = new Interaction(last.Id, conversation.Channel, conversation.Address, last.Text, last.At);
        var context = new RunContext(
            conversation.Id, interaction, last.Sequence, conversation.CustomerId,
            [.. messages.Where(message => message.Sequence < last.Sequence).Select(message => new TranscriptLine(message.Sequence, AuthorOf(message), message.Text, message.At))],
            null, null, conversation.TicketId, 0);
        var role = running.Pipeline.Current.Tasks.FirstOrDefault(task => task.Action.Contract.Name == WritesAnswers)?.Model;
        await foreach (var step in running.Suggestions.WriteAsync(context, role, cancellation))
            yield return NewsOf(step);
    }

    private static SuggestionNews NewsOf(SuggestionEvent step) => step switch
    {
        SuggestionEvent.Began => new SuggestionNews("begin"),
        SuggestionEvent.Piece piece => new SuggestionNews("piece") { Text = piece.Text },
        SuggestionEvent.Whole whole => new SuggestionNews("whole")
        {
            Text = whole.Text,
            Sources = whole.Sources,
            Passed = whole.Passed,
            Score = whole.Score,
            Issues = whole.Issues,
            Note = whole.Note,
        },
        SuggestionEvent.Nothing nothing => new SuggestionNews("nothing") { Note = nothing.Why },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Author AuthorOf(ChatMessage message) => message.Author switch
    {
        "customer" => Author.Customer,
        "assistant" => Author.Assistant,
        "agent" => Author.Agent,
        _ => Author.System,
    };
}
