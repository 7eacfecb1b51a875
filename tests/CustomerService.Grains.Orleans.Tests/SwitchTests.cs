using System.Reflection;

namespace CustomerService.Grains.Orleans.Tests;

public sealed class SwitchTests
{
#if ORLEANS
    private const bool IsOn = true;
#else
    private const bool IsOn = false;
#endif

    [Fact]
    public void The_assembly_knows_Orleans_only_where_the_switch_is_on()
    {
        var assembly = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "CustomerService.Grains.Orleans.dll"));

        var orleans = assembly.GetReferencedAssemblies().Count(name => name.Name!.StartsWith("Orleans.", StringComparison.Ordinal));
        var grains = assembly.GetTypes().Count(type => type.Name == "ConversationGrain");

        Assert.Equal(IsOn, orleans > 0);
        Assert.Equal(IsOn ? 1 : 0, grains);
    }

    [Fact]
    public void Orleans_lies_beside_the_program_only_where_the_switch_is_on() =>
        Assert.Equal(IsOn, File.Exists(Path.Combine(AppContext.BaseDirectory, "Orleans.Runtime.dll")));
}
