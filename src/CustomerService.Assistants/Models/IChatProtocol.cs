using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Models;

/// <summary>A way to speak to chat models besides those of <see cref="ChatProtocols"/>; add one to the container to offer it in <c>protocol:</c>.</summary>
public interface IChatProtocol
{
    /// <summary>What settings write after <c>protocol:</c>.</summary>
    string Name { get; }

    /// <summary>A client for one model. It must not retry by itself; limits are its caller's.</summary>
    /// <param name="transport">To be used and not disposed of.</param>
    IChatClient Open(ChatProvider provider, string model, HttpClient transport, TimeSpan limit);
}
