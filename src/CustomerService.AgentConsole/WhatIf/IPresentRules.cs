using CustomerService.Simulation.Centre;

namespace CustomerService.AgentConsole.WhatIf;

/// <summary>The routing rules as the owner has them now. The composition knows where they lie.</summary>
public interface IPresentRules
{
    /// <exception cref="Pipelines.Definitions.PipelineFormatException">They have errors; the message lists each with line, column and fix.</exception>
    /// <exception cref="IOException">They can't be read.</exception>
    CentrePolicy Read();
}
