using CustomerService.Assistants.Responses;
using CustomerService.Grains.Conversations;

namespace CustomerService.Assistants.Procedures;

/// <summary>What the procedures make of one message.</summary>
/// <param name="Answer">Null: a person takes over, or, where <see cref="Interrupts"/>, something else answers.</param>
/// <param name="Procedure">What goes on; with a handoff, what was gathered.</param>
/// <param name="Note">For the trace: the step and what is known.</param>
internal sealed record ProcedureTurn(ComposedAnswer? Answer, ActiveProcedure? Procedure, string Note)
{
    /// <summary>The message is about something else: it is answered as usual, and then the procedure goes on.</summary>
    public bool Interrupts { get; init; }
}
