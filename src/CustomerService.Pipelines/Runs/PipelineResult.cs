using CustomerService.Pipelines.Traces;

namespace CustomerService.Pipelines.Runs;

/// <summary>How a run ended. What it decided is in its scope's draft.</summary>
/// <param name="Trace">Every task, whether it ran or not.</param>
/// <param name="Failure">The task whose fault ended the run; null when the run is whole.</param>
public sealed record PipelineResult(PipelineTrace Trace, TaskFailure? Failure);

/// <summary>A task's fault that ended a run.</summary>
/// <param name="Task">The task's id.</param>
/// <param name="Reason">What went wrong, in one line, fit for an operator.</param>
/// <param name="Exception">The fault itself, for whoever decides whether to try the whole run again.</param>
public sealed record TaskFailure(string Task, string Reason, Exception Exception);
