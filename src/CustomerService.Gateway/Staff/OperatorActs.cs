using CustomerService.Channels.Email.Receiving;
using CustomerService.Gateway.Errors;
using CustomerService.Staff;

namespace CustomerService.Gateway.Staff;

/// <summary>What operators do to what is stuck, through the staff's door: the API and the console do it in the same way.</summary>
/// <remarks>Each throws what <see cref="IStaffDoor.ActAsync"/> throws, and <see cref="ProblemException"/> when there is nothing of that id.</remarks>
public sealed class OperatorActs(IStaffDoor door, IParkedCommands commands, ParkedMailDesk mails)
{
    /// <summary>Sends a parked command again.</summary>
    /// <exception cref="Grains.Turns.CommandParkedException">It failed again, and stays parked.</exception>
    public async ValueTask RetryCommandAsync(StaffMember who, string id, CancellationToken cancellation = default) =>
        Found(await door.ActAsync(who, Permission.ActOnOperations, "operations.retry_parked", id, ending => commands.RetryAsync(id, ending), cancellation: cancellation), id);

    /// <summary>Gives a parked command up.</summary>
    /// <param name="why">For the audit log.</param>
    public async ValueTask DropCommandAsync(StaffMember who, string id, string? why, CancellationToken cancellation = default) =>
        Found(await door.ActAsync(who, Permission.ActOnOperations, "operations.drop_parked", id, ending => commands.DropAsync(id, ending), why, cancellation), id);

    /// <summary>Takes a parked mail in again.</summary>
    /// <exception cref="ProblemException">It can't be taken now either; the message says why.</exception>
    public async ValueTask RetryMailAsync(StaffMember who, string account, string id, CancellationToken cancellation = default) =>
        await door.ActAsync(who, Permission.ActOnOperations, "operations.retry_mail", $"{account}/{id}", async ending => await mails.RetryAsync(account, id, ending) switch
        {
            ParkedMailRetry.NotFound => throw NoSuchMail(account, id),
            ParkedMailRetry.StillParked still => throw Problems.MailNotTaken($"The mail {account}/{id} stays parked: {still.Reason}."),
            var taken => taken,
        }, cancellation: cancellation);

    /// <summary>Gives a parked mail up; the mailbox still has it.</summary>
    /// <param name="why">For the audit log.</param>
    public async ValueTask DropMailAsync(StaffMember who, string account, string id, string? why, CancellationToken cancellation = default)
    {
        if (!await door.ActAsync(who, Permission.ActOnOperations, "operations.drop_mail", $"{account}/{id}", ending => new ValueTask<bool>(mails.DropAsync(account, id, ending)), why, cancellation))
            throw NoSuchMail(account, id);
    }

    internal static ProblemException NoSuchMail(string account, string id) =>
        Problems.NotFound("no_such_parked_mail", $"There is no parked mail {account}/{id}; list them with GET /api/operations/parked-mails.");

    private static void Found(bool found, string id)
    {
        if (!found)
            throw Problems.NotFound("no_such_parked_command", $"There is no parked command {id}; list them with GET /api/operations/parked.");
    }
}
