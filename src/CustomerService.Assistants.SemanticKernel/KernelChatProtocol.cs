using CustomerService.Assistants.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace CustomerService.Assistants.SemanticKernel;

/// <summary>
/// Reaches chat models through a Semantic Kernel: <c>protocol: semantic-kernel</c> in <c>content/assistant.yaml</c>. A model's name is the id of the kernel's
/// chat completion service; a kernel with one service answers for all names. Limits, budgets, schemas and tools stay the program's own.
/// </summary>
public sealed class KernelChatProtocol(Kernel kernel) : IChatProtocol
{
    public string Name => "semantic-kernel";

    /// <exception cref="KernelException">The kernel has no chat completion service.</exception>
    public IChatClient Open(ChatProvider provider, string model, HttpClient transport, TimeSpan limit) =>
        (kernel.Services.GetKeyedService<IChatCompletionService>(model) ?? kernel.GetRequiredService<IChatCompletionService>()).AsChatClient();
}
