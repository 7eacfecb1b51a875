using CustomerService.Grains.Retention;
using CustomerService.Reporting.Retention;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>How long the owner has conversations kept, as a test says; nothing is parked.</summary>
internal sealed class OwnersRetention : IRetentionRules, IParkedConversations
{
    public RetentionRules Current { get; set; } = RetentionRules.Forever;

    public ValueTask<IReadOnlySet<string>> ReadAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlySet<string>>(new HashSet<string>());
}
