using CustomerService.AgentConsole.WhatIf;
using CustomerService.Silo.Composition;
using CustomerService.Simulation.Centre;

namespace CustomerService.Silo.WhatIf;

/// <summary>The rules of the content folder, as they are at that moment.</summary>
internal sealed class PresentRules(SiloSettings settings) : IPresentRules
{
    public CentrePolicy Read() => CentrePolicy.Parse(File.ReadAllText(settings.Content.Routing), settings.Content.Routing);
}
