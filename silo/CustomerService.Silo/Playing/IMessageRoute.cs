namespace CustomerService.Silo.Playing;

/// <summary>How a customer whom a person at the terminal plays writes to the system: by the channel's own protocol.</summary>
internal interface IMessageRoute
{
    /// <summary>Returns when the system has taken it.</summary>
    /// <exception cref="CommandLine.CommandFailedException">It was not taken; the message says why.</exception>
    Task<PlayedMessage> SayAsync(string text, CancellationToken cancellation);
}

/// <param name="Conversation">Where the answer will stand.</param>
/// <param name="Id">As the transcript names the message; it may be only its beginning.</param>
internal sealed record PlayedMessage(string Conversation, string Id);
