using CustomerService.Fuzz.Tests.Fuzzing;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>All that reads what strangers send.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<Func<FuzzTarget>> All { get; } =
    [
        () => new MailTarget(), () => new HtmlTarget(), () => new ImapTarget(), () => new WebhookTarget(), () => new EndpointTarget(), () => new ChatSocketTarget(), () => new AgentSocketTarget(), () => new LiveSocketTarget(),
    ];
}
