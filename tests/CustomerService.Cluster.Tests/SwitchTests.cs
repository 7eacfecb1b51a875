namespace CustomerService.Cluster.Tests;

public sealed class SwitchTests
{
#if ORLEANS
    private const bool IsOn = true;
#else
    private const bool IsOn = false;
#endif

    [Fact]
    public void The_cluster_is_tested_only_where_the_switch_is_on()
    {
        Assert.Equal(IsOn, File.Exists(Path.Combine(AppContext.BaseDirectory, "Orleans.Runtime.dll")));
        Assert.Equal(IsOn, typeof(SwitchTests).Assembly.GetTypes().Any(type => type.Name == "ClusterConversationScenarios"));
    }
}
