using System.Collections.Immutable;
using CustomerService.Grains.Queues;

namespace CustomerService.Gateway.Staff;

/// <param name="By">Who does it: an agent or a supervisor.</param>
public sealed record Act(string? By);

/// <param name="By">Who does it: an agent or a supervisor.</param>
/// <param name="Reason">In a sentence; it is shown in the explanation.</param>
public sealed record ReasonedAct(string? By, string? Reason);

/// <param name="Until">When it comes back by itself; the customer's next message brings it back earlier.</param>
public sealed record SnoozeRequest(string? By, DateTimeOffset? Until, string? Reason);

/// <param name="By">Who asks for it; left out where a customer asks for their own.</param>
/// <param name="To">Where to call: a telephone number or another address of up to 200 characters.</param>
/// <param name="NotBefore">Left out: as soon as it is their turn.</param>
public sealed record CallbackRequest(string? By, string? To, DateTimeOffset? NotBefore);

/// <param name="Reached">Whether the customer answered the call. If not, it is tried again later, keeping the place in line.</param>
public sealed record CallbackReport(string? AgentId, bool? Reached);

/// <param name="Priority">0 to 10; higher is served first.</param>
public sealed record PriorityRequest(string? By, int? Priority, string? Reason);

/// <param name="By">Who says so: an agent or a supervisor.</param>
/// <param name="Intent">What the customer wanted, such as <c>order_status</c>; <c>unknown</c> where it belongs to no intent.</param>
/// <param name="Language">ISO 639-1, where that was taken for another.</param>
public sealed record Correction(string? By, string? Intent, string? Language);

/// <param name="Reason">Why the agent does not keep it.</param>
public sealed record ReturnRequest(string? AgentId, string? Reason);

/// <summary>A skill that is asked of the next agent.</summary>
/// <param name="Level">1 (some, the default) to 5 (expert).</param>
/// <param name="Required">Without it an agent does not fit.</param>
public sealed record WantedSkill(string? Skill, int? Level, bool? Required);

/// <summary>All queues, without their lines and policies: GET /api/queues/{name} has those.</summary>
public sealed record QueueList(ImmutableArray<QueueView> Queues);
