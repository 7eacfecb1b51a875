using System.Data.Common;
using System.Security.Cryptography;
using CustomerService.AgentConsole.Wording;
using CustomerService.Gateway.Errors;
using CustomerService.Grains.Turns;
using Radzen;

namespace CustomerService.AgentConsole.Layout;

/// <summary>Does what somebody at a page wants done, through the staff's door; what goes wrong is told at the page's edge.</summary>
internal sealed class Acting(IStaffDoor door, NotificationService notifications, DialogService dialogs)
{
    /// <param name="detail">What about it, for the audit log; never what customers wrote.</param>
    /// <returns>Whether it was done.</returns>
    public Task<bool> DoAsync(Me me, GrainId grain, Command command, string? detail = null) =>
        TryAsync(me, async () => await door.DoAsync(me.Member, grain, command with { Id = command.Id.Length > 0 ? command.Id : $"console-{RandomNumberGenerator.GetHexString(24, lowercase: true)}" }, detail));

    /// <summary>Runs it, and tells what a person can do something about.</summary>
    /// <returns>Whether it went well.</returns>
    public async Task<bool> TryAsync(Me me, Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception fault) when (Reason(me.Words, fault) is { } reason)
        {
            notifications.Notify(new NotificationMessage { Severity = NotificationSeverity.Error, Summary = me.Words["act.not_done"], Detail = reason, Duration = 8_000 });
            return false;
        }
    }

    /// <summary>Tells, at the page's edge, what somebody has to know and did not do.</summary>
    public void Tell(string what, string more) =>
        notifications.Notify(new NotificationMessage { Severity = NotificationSeverity.Info, Summary = what, Detail = more, Duration = 12_000 });

    /// <summary>Asks for a sentence in a dialog; null: they changed their mind.</summary>
    public async Task<string?> AskTextAsync(Me me, string title, string label) =>
        await dialogs.OpenAsync<TextDialog>(title, new Dictionary<string, object?> { [nameof(TextDialog.Label)] = label, [nameof(TextDialog.Words)] = me.Words }) as string;

    /// <summary>What to say of a fault; null: it is a bug, and not to be hidden.</summary>
    public static string? Reason(Words words, Exception fault) => fault switch
    {
        StaffRefusedException refused => Refusals.Of(words, refused.Code, refused.Message),
        ProblemException { Problem: var problem } => Refusals.Of(words, problem.Code, problem.Detail),
        CommandParkedException parked => parked.Message,
        HostBusyException => words["act.busy"],
        StoreUnavailableException => words["act.store"],
        DbException or TimeoutException or IOException => words["act.unreachable"],
        _ => null,
    };
}
