namespace CustomerService.Reporting.Retention;

/// <summary>The conversations of which something could not be handled and waits for an operator.</summary>
public interface IParkedConversations
{
    /// <returns>Their ids.</returns>
    ValueTask<IReadOnlySet<string>> ReadAsync(CancellationToken cancellation);
}
