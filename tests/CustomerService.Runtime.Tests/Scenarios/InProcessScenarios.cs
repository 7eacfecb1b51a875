using CustomerService.Runtime.Tests.Scenarios;

namespace CustomerService.Tests.Scenarios
{
    /// <summary>The in-process host needs nothing of the machine.</summary>
    internal static class ScenarioNeeds
    {
        public static string[] OfHost => [];
    }
}

namespace CustomerService.Runtime.Tests.Scenarios
{
    using CustomerService.Tests.Scenarios;

    public sealed class InProcessConversationScenarios(InProcessScenarioHost host) : ConversationScenarios(host), IClassFixture<InProcessScenarioHost>;

    public sealed class InProcessHandoffScenarios(InProcessScenarioHost host) : HandoffScenarios(host), IClassFixture<InProcessScenarioHost>;

    public sealed class InProcessAlarmScenarios(InProcessScenarioHost host) : AlarmScenarios(host), IClassFixture<InProcessScenarioHost>;

    public sealed class InProcessRecoveryScenarios(InProcessScenarioHost host) : RecoveryScenarios(host), IClassFixture<InProcessScenarioHost>;

    public sealed class InProcessErasureScenarios(InProcessScenarioHost host) : ErasureScenarios(host), IClassFixture<InProcessScenarioHost>;

    public sealed class InProcessJournalScenarios(InProcessScenarioHost host) : JournalScenarios(host), IClassFixture<InProcessScenarioHost>;
}
