using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Procedures;

/// <summary>
/// Turns a change that somebody else asks for (a program by MCP) into the question that a procedure would put before the customer: in their
/// language, with the owner's words, after the same checks. A yes to it then goes the procedure's way.
/// </summary>
public sealed class CallProposals
{
    private readonly ProcedureDesk _desk;
    private readonly AnswerBook _answers;
    private readonly TimeProvider _time;

    internal CallProposals(ProcedureDesk desk, AnswerBook answers, TimeProvider time) => (_desk, _answers, _time) = (desk, answers, time);

    /// <param name="call">The change; its subject says in which language to ask.</param>
    /// <param name="context">The conversation as it stands; its message's words are not read.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask<CallProposal> MakeAsync(ToolCall call, RunContext context, CancellationToken cancellation)
    {
        if (_answers.In(call.Subject.Language) is not { } phrases)
            return new CallProposal.NotPossible(ToolRefusals.ConfirmationNeeded, $"no procedure speaks the customer's language, {call.Subject.Language}");
        var request = new AnswerRequest("unknown", "", new RunScope(context with { Procedure = null, Pending = null }, _time), phrases)
        {
            Language = call.Subject.Language,
            Identity = call.Subject.Identity,
        };
        var turn = await _desk.ProposeAsync(request, IdentityFinding.None with { Proven = call.Subject.Identity }, call, cancellation);
        return turn switch
        {
            { Answer: { } question, Procedure: { } waits } when waits.AwaitsYesTo == ToolFingerprint.Of(call) =>
                new CallProposal.Question(new OutgoingMessage(question.Text, question.Actions, question.Sources), waits, question.Pending),
            { Answer: { } reason, Procedure: { } stopped } when ProcedureState.StageOf(stopped).Stage == ProcedureStage.Refused =>
                new CallProposal.NotPossible(CallProposal.Refused, reason.Text),
            _ => new CallProposal.NotPossible(ToolRefusals.ConfirmationNeeded, $"no procedure puts {call.Tool} with these arguments before the customer"),
        };
    }
}

/// <summary>What came of the wish to put a change before the customer.</summary>
public abstract record CallProposal
{
    private CallProposal()
    {
    }

    /// <param name="Message">What to ask.</param>
    /// <param name="Procedure">What the conversation waits in then; it awaits a yes to exactly the call.</param>
    public sealed record Question(OutgoingMessage Message, ActiveProcedure Procedure, PendingRequest? Pending) : CallProposal;

    /// <param name="Code"><see cref="Refused"/> where the procedure's own checks speak against it, else why nobody can be asked.</param>
    public sealed record NotPossible(string Code, string Reason) : CallProposal;

    /// <summary>The shop's rules speak against the change; a yes would not help.</summary>
    public const string Refused = "not_possible";
}
