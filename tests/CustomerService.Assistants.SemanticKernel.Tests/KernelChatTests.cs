#if SEMANTIC_KERNEL
using System.Runtime.CompilerServices;
using CustomerService.Assistants.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace CustomerService.Assistants.SemanticKernel.Tests;

/// <summary>A model behind a Semantic Kernel, where that is built in.</summary>
public sealed class KernelChatTests
{
    [Fact]
    public async Task KernelsModel_IsAskedLikeAnyOther()
    {
        var kernel = Kernel.CreateBuilder();
        var (mine, other) = (new Scripted("within thirty days"), new Scripted("never"));
        kernel.Services.AddKeyedSingleton<IChatCompletionService>("other", other);
        kernel.Services.AddKeyedSingleton<IChatCompletionService>("mine", mine);
        var protocol = new KernelChatProtocol(kernel.Build());
        using var transport = new HttpClient();
        using var chat = protocol.Open(new ChatProvider(protocol.Name, null), "mine", transport, TimeSpan.FromSeconds(20));

        var pieces = new List<string>();
        await foreach (var piece in chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "How long may I return it?")]))
            pieces.Add(piece.Text);

        Assert.Equal("semantic-kernel", protocol.Name);
        Assert.Equal("within thirty days", string.Concat(pieces));
        Assert.True(pieces.Count > 1);
        Assert.Equal(("How long may I return it?", null), (mine.Asked, other.Asked));
        Assert.Equal("within thirty days", (await chat.GetResponseAsync("How long may I return it?")).Text);
    }

    private sealed class Scripted(string reply) : IChatCompletionService
    {
        public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

        public string? Asked { get; private set; }

        public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
        {
            Asked = chatHistory[^1].Content;
            return Task.FromResult<IReadOnlyList<ChatMessageContent>>([new ChatMessageContent(AuthorRole.Assistant, reply)]);
        }

        public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Asked = chatHistory[^1].Content;
            await Task.Yield();
            foreach (var piece in reply.Chunk(9))
                yield return new StreamingChatMessageContent(AuthorRole.Assistant, new string(piece));
        }
    }
}
#endif
