using CustomerService.Cluster.Tests.Scenarios;

namespace CustomerService.Tests.Scenarios
{
    internal static class ScenarioNeeds
    {
        public static string[] OfHost => ["postgresql"];
    }
}

namespace CustomerService.Cluster.Tests.Scenarios
{
    using CustomerService.Tests.Scenarios;

    [CollectionDefinition(nameof(ClusterScenarios))]
    public sealed class ClusterScenarios : ICollectionFixture<ClusterScenarioHost>;

    [Collection(nameof(ClusterScenarios))]
    public sealed class ClusterConversationScenarios(ClusterScenarioHost host) : ConversationScenarios(host);

    [Collection(nameof(ClusterScenarios))]
    public sealed class ClusterHandoffScenarios(ClusterScenarioHost host) : HandoffScenarios(host);

    [Collection(nameof(ClusterScenarios))]
    public sealed class ClusterAlarmScenarios(ClusterScenarioHost host) : AlarmScenarios(host);

    [Collection(nameof(ClusterScenarios))]
    public sealed class ClusterRecoveryScenarios(ClusterScenarioHost host) : RecoveryScenarios(host);

    [Collection(nameof(ClusterScenarios))]
    public sealed class ClusterErasureScenarios(ClusterScenarioHost host) : ErasureScenarios(host);

    [Collection(nameof(ClusterScenarios))]
    public sealed class ClusterJournalScenarios(ClusterScenarioHost host) : JournalScenarios(host);
}
