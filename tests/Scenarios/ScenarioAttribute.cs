namespace CustomerService.Tests.Scenarios;

/// <summary>
/// A behaviour that every host shows: written once in this folder and run by each project that compiles it, on its own host. The project says in
/// a class <c>ScenarioNeeds</c> what its host needs of the machine; where that is absent the scenarios are skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenarioAttribute : FactAttribute
{
    public ScenarioAttribute() => Skip = Requires.Missing(ScenarioNeeds.OfHost);
}
