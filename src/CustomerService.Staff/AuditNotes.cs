using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>Writes into the audit log.</summary>
public sealed class AuditNotes(IGrainClient grains)
{
    /// <summary>Ends when the record is durable.</summary>
    /// <param name="id">The same for the same record, so that it is written once; null: a new one.</param>
    /// <exception cref="InvalidOperationException">It can't be written; then what it is about must not be done.</exception>
    public async ValueTask NoteAsync(
        StaffMember who, string act, Permission? permission, string target, ActOutcome outcome, string? detail = null, string? reason = null, string? id = null,
        CancellationToken cancellation = default)
    {
        var note = new NoteAct(who.Signature, act, permission?.ToString(), target, outcome, detail, reason, who.Address) { Id = id ?? Ids.New() };
        if (await grains.AskAsync(Grain.Audit, note, cancellation) is not ActNumber and var answer)
            throw new InvalidOperationException($"The audit log answered with {answer}.");
    }
}
