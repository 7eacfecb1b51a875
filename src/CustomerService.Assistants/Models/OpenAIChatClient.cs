using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace CustomerService.Assistants.Models;

/// <summary>OpenAI's chat completions as an <see cref="IChatClient"/>: texts, schemas and tools, whole or piece by piece.</summary>
internal sealed class OpenAIChatClient : IChatClient
{
    private readonly ChatClient _client;
    private readonly ChatClientMetadata _metadata;

    /// <param name="limit">When reading a reply ends whatever happens.</param>
    public OpenAIChatClient(ChatProvider provider, string model, HttpClient transport, TimeSpan limit)
    {
        var options = new OpenAIClientOptions
        {
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0), // the guard retries
            NetworkTimeout = limit,
            Transport = new HttpClientPipelineTransport(transport),
        };
        if (provider.BaseAddress is { } address)
            options.Endpoint = address;
        _client = new ChatClient(model, new ApiKeyCredential(provider.Key ?? "none"), options);
        _metadata = new ChatClientMetadata("openai", options.Endpoint, model);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatCompletion completion = await _client.CompleteChatAsync(OpenAIMessages.Of(messages), OpenAIMessages.Of(options), cancellationToken);
        List<AIContent> contents = [new TextContent(TextOf(completion.Content))];
        contents.AddRange(completion.ToolCalls.Select(call => OpenAIMessages.Call(call.Id, call.FunctionName, call.FunctionArguments.ToString())));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            CreatedAt = completion.CreatedAt,
            Usage = Usage(completion.Usage),
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var calls = new SortedDictionary<int, PartialCall>();
        await foreach (var update in _client.CompleteChatStreamingAsync(OpenAIMessages.Of(messages), OpenAIMessages.Of(options), cancellationToken))
        {
            foreach (var part in update.ToolCallUpdates)
            {
                if (!calls.TryGetValue(part.Index, out var call))
                    calls[part.Index] = call = new PartialCall();
                call.Add(part);
            }

            var piece = new ChatResponseUpdate(ChatRole.Assistant, TextOf(update.ContentUpdate)) { ResponseId = update.CompletionId, ModelId = update.Model };
            if (Usage(update.Usage) is { } usage)
                piece.Contents.Add(new UsageContent(usage));
            yield return piece;
        }

        if (calls.Count > 0)
            yield return new ChatResponseUpdate(ChatRole.Assistant, [.. calls.Values.Select(call => call.Whole)]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(ChatClientMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        // The transport belongs to whoever gave it.
    }

    private static string TextOf(ChatMessageContent content) =>
        string.Concat(content.Where(part => part.Kind == ChatMessageContentPartKind.Text).Select(part => part.Text));

    private static UsageDetails? Usage(ChatTokenUsage? usage) => usage is null
        ? null
        : new UsageDetails { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount, TotalTokenCount = usage.TotalTokenCount };

    /// <summary>A tool call that comes in pieces.</summary>
    private sealed class PartialCall
    {
        private readonly StringBuilder _arguments = new();
        private string _id = "";
        private string _name = "";

        public FunctionCallContent Whole => OpenAIMessages.Call(_id, _name, _arguments.ToString());

        public void Add(StreamingChatToolCallUpdate part)
        {
            if (part.ToolCallId is { Length: > 0 } id)
                _id = id;
            if (part.FunctionName is { Length: > 0 } name)
                _name = name;
            if (part.FunctionArgumentsUpdate is { } more && more.ToMemory().Length > 0 && _arguments.Length <= ReplyStream.Longest)
                _arguments.Append(more.ToString());
        }
    }
}
