using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>
/// Through here goes all that the staff does and reads. What an act needs is said by <see cref="StaffActs"/>, by its command alone, so no page can ask for less. It is held
/// against what the person is now, not when they signed in; it is written into the audit log, denied or allowed, before it is done.
/// </summary>
/// <remarks>Each method throws <see cref="StaffRefusedException"/> when it may not be, or was not, done, besides what <see cref="IGrainClient.AskAsync"/> throws.</remarks>
public interface IStaffDoor
{
    /// <summary>Has a grain do something. The command's own id, if it has one, makes it and its audit record the same when they are asked for again.</summary>
    /// <param name="detail">What about it, in short, for the audit log; never what customers wrote.</param>
    ValueTask<TReply> DoAsync<TReply>(StaffMember who, GrainId target, Command command, string? detail = null, CancellationToken cancellation = default)
        where TReply : Reply;

    /// <summary>Asks a grain something.</summary>
    ValueTask<TReply> ReadAsync<TReply>(StaffMember who, GrainId target, Query query, CancellationToken cancellation = default)
        where TReply : Reply;

    /// <summary>Does something that is no grain's: edit a file, retry a parked command, export.</summary>
    /// <param name="act">Its stored name, such as <c>content.edit</c>.</param>
    /// <param name="target">What it is done to, such as <c>content/routing.yaml</c>.</param>
    ValueTask<T> ActAsync<T>(
        StaffMember who, Permission needed, string act, string target, Func<CancellationToken, ValueTask<T>> doIt, string? detail = null, CancellationToken cancellation = default);

    /// <summary>Lets pass who may do that now; for what only shows something. A denial is noted.</summary>
    ValueTask RequireAsync(StaffMember who, Permission needed, string what, CancellationToken cancellation = default);

    /// <summary>
    /// The same member as they are now: roles, name, language. For sessions, which ask now and then. Refused with <c>session_over</c> or <c>person_disabled</c>; not because the
    /// password has to be changed.
    /// </summary>
    ValueTask<StaffMember> RefreshAsync(StaffMember who, CancellationToken cancellation = default);
}

/// <summary>Short ways through the door.</summary>
public static class StaffDoorExtensions
{
    /// <summary>Has a grain do something that it answers with <see cref="Done"/>.</summary>
    public static async ValueTask DoAsync(this IStaffDoor door, StaffMember who, GrainId target, Command command, string? detail = null, CancellationToken cancellation = default) =>
        await door.DoAsync<Done>(who, target, command, detail, cancellation);
}
