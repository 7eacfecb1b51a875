using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <inheritdoc cref="IStaffDoor"/>
internal sealed class StaffDoor(IGrainClient grains, StaffRoster roster, AuditNotes notes, StaffSettings settings) : IStaffDoor
{
    public async ValueTask<TReply> DoAsync<TReply>(StaffMember who, GrainId target, Command command, string? detail, CancellationToken cancellation)
        where TReply : Reply
    {
        var asked = command.Id.Length > 0 ? command : command with { Id = Ids.New() };
        var act = new Noted(who, StaffActs.NameOf(command), StaffActs.Find(command)?.Needs, target.ToString(), Detail(who, command, detail), asked.Id);
        if (await WhyNotAsync(who, target, command, cancellation) is { } denial)
            throw await DenyAsync(act, denial, cancellation);

        var isNoted = StaffActs.Find(command) is { IsNoted: true };
        if (isNoted)
            await NoteAsync(act, ActOutcome.Allowed, null, cancellation);
        var reply = await AskAsync(act, target, asked, isNoted, cancellation);
        if (target == Grain.Staff)
            roster.Forget(PersonIn(command) ?? "");
        return reply as TReply ?? throw new InvalidOperationException($"{target} answered {command.GetType().Name} with {reply.GetType().Name}.");
    }

    public async ValueTask<TReply> ReadAsync<TReply>(StaffMember who, GrainId target, Query query, CancellationToken cancellation)
        where TReply : Reply
    {
        if (await WhyNotAsync(who, target, query, cancellation) is { } denial)
            throw await DenyAsync(new Noted(who, StaffActs.NameOf(query), StaffActs.Find(query)?.Needs, target.ToString(), null, Ids.New()), denial, cancellation);
        return await grains.AskAsync(target, query, cancellation) switch
        {
            TReply reply => reply,
            Refused refused => throw new StaffRefusedException(refused.Code, refused.Message),
            var other => throw new InvalidOperationException($"{target} answered {query.GetType().Name} with {other.GetType().Name}."),
        };
    }

    public async ValueTask<T> ActAsync<T>(
        StaffMember who, Permission needed, string act, string target, Func<CancellationToken, ValueTask<T>> doIt, string? detail, CancellationToken cancellation)
    {
        var noted = new Noted(who, act, needed, target, detail, Ids.New());
        if (await WhyNotAsync(who, needed, cancellation) is { } denial)
            throw await DenyAsync(noted, denial, cancellation);
        await NoteAsync(noted, ActOutcome.Allowed, null, cancellation);
        try
        {
            return await doIt(cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await NoteAsync(noted, ActOutcome.Failed, fault.Message, cancellation);
            throw;
        }
    }

    public async ValueTask RequireAsync(StaffMember who, Permission needed, string what, CancellationToken cancellation)
    {
        var noted = new Noted(who, what, needed, what, null, Ids.New());
        if (await WhyNotAsync(who, needed, cancellation) is { } denial)
            throw await DenyAsync(noted, denial, cancellation);
        if (needed.NotesReading())
            await NoteAsync(noted, ActOutcome.Allowed, null, cancellation);
    }

    public async ValueTask<StaffMember> RefreshAsync(StaffMember who, CancellationToken cancellation)
    {
        if (who.Kind == ActorKind.System)
            return who;
        if (who.Kind == ActorKind.Program)
            return who.TokenHash is { } hash && await roster.FindTokenAsync(hash, cancellation) is { } token ? who with { Roles = token.Roles } : throw TokenOver();
        var person = await roster.FindAsync(who.Id, cancellation);
        if (person?.Stamp != who.Stamp) // Perhaps they signed in with what was changed elsewhere a moment ago.
            person = await roster.ReadAsync(who.Id, cancellation);
        return person switch
        {
            not null when settings.Excludes(person) => throw Disabled(),
            not null when person.Stamp == who.Stamp => StaffMember.Of(person, settings, who.Address, who.IsVouchedFor),
            _ => throw SessionOver(),
        };
    }

    /// <summary>Changes somebody's own account, which needs nothing but being them.</summary>
    internal async ValueTask DoOwnAsync(StaffMember who, Command command, CancellationToken cancellation)
    {
        var act = new Noted(who, StaffActs.NameOf(command), null, Grain.Staff.ToString(), null, Ids.New());
        if (who.Kind != ActorKind.Person || PersonIn(command) != who.Id)
            throw await DenyAsync(act, NotYourself(who), cancellation);
        if (await StandingAsync(who, asksForLess: command is ChangePassword or ChangePreferences or SetSecondFactor, cancellation) is (null, { } denial))
            throw await DenyAsync(act, denial, cancellation);
        await NoteAsync(act, ActOutcome.Allowed, null, cancellation);
        await AskAsync(act, Grain.Staff, command with { Id = act.Id }, isNoted: true, cancellation);
        roster.Forget(who.Id);
    }

    private async ValueTask<Reply> AskAsync(Noted act, GrainId target, Command command, bool isNoted, CancellationToken cancellation)
    {
        try
        {
            var reply = await grains.AskAsync(target, command, cancellation);
            return reply is Refused refused ? throw new StaffRefusedException(refused.Code, refused.Message) : reply;
        }
        catch (Exception fault) when (isNoted && fault is StaffRefusedException or HostBusyException or CommandParkedException or StoreUnavailableException)
        {
            await NoteAsync(act, ActOutcome.Failed, fault is StaffRefusedException { Code: var code } ? code : fault.Message, cancellation);
            throw;
        }
    }

    private async ValueTask<StaffRefusedException?> WhyNotAsync(StaffMember who, Permission needed, CancellationToken cancellation)
    {
        var (now, denial) = await StandingAsync(who, asksForLess: false, cancellation);
        return denial ?? (now!.Roles.Allow(needed) ? null : Forbidden(needed));
    }

    private async ValueTask<StaffRefusedException?> WhyNotAsync(StaffMember who, GrainId target, Command command, CancellationToken cancellation)
    {
        if (StaffActs.Find(command) is not { } act)
            return new StaffRefusedException("forbidden", $"{command.GetType().Name} is for grains among themselves.");
        var (now, denial) = await StandingAsync(who, asksForLess: false, cancellation);
        if (denial is not null)
            return denial;
        if (who.Kind == ActorKind.Person && act.SpeaksFor?.Invoke(command) is { } speaker && speaker != who.Id)
            return NotYourself(who);
        var needed = act.Owned && who.Kind == ActorKind.Person && !await IsOwnAsync(who, target, cancellation) ? act.NeedsForOthers : act.Needs;
        return needed is null ? new StaffRefusedException("not_yours", $"{target} is another's; only they can do that.")
            : now!.Roles.Allow(needed.Value) ? null
            : act.Owned && now.Roles.Allow(act.Needs) ? new StaffRefusedException("not_yours", $"{target} is another's; that needs '{needed}'.")
            : Forbidden(needed.Value);
    }

    /// <summary>Whether the desk is theirs, or the conversation theirs or nobody's.</summary>
    private async ValueTask<bool> IsOwnAsync(StaffMember who, GrainId target, CancellationToken cancellation) => target.Kind switch
    {
        GrainKinds.Agent or GrainKinds.Personal => target.Key == who.Id,
        GrainKinds.Conversation => await grains.AskAsync(target, new GetConversation(), cancellation) is ConversationView { AgentId: var holder } && (holder is null || holder == who.Id),
        _ => true,
    };

    /// <param name="asksForLess">It may be done before the account is as it has to be.</param>
    private async ValueTask<(StaffMember? Now, StaffRefusedException? Denial)> StandingAsync(StaffMember who, bool asksForLess, CancellationToken cancellation)
    {
        try
        {
            var now = await RefreshAsync(who, cancellation);
            return now switch
            {
                _ when asksForLess => (now, null),
                { MustChangePassword: true } => (null, new StaffRefusedException("password_change_needed", "Choose a password of your own first; this one was made for you.")),
                { MustSetUpSecondFactor: true } => (null, new StaffRefusedException("second_factor_needed", "Set up a second factor first; your roles need one.")),
                _ => (now, null),
            };
        }
        catch (StaffRefusedException denial)
        {
            return (null, denial);
        }
    }

    private async ValueTask<StaffRefusedException> DenyAsync(Noted act, StaffRefusedException denial, CancellationToken cancellation)
    {
        await NoteAsync(act, ActOutcome.Denied, denial.Code, cancellation);
        return denial;
    }

    private ValueTask NoteAsync(Noted act, ActOutcome outcome, string? reason, CancellationToken cancellation) =>
        notes.NoteAsync(act.Who, act.Act, act.Permission, act.Target, outcome, act.Detail, reason, $"{act.Id}:{outcome}", cancellation);

    private static string? Detail(StaffMember who, Command command, string? detail) =>
        who.Kind != ActorKind.Person && StaffActs.Find(command)?.SpeaksFor?.Invoke(command) is { } speaker && speaker != who.Signature
            ? $"for {speaker}{(detail is null ? "" : $": {detail}")}"
            : detail ?? PersonIn(command);

    /// <summary>The person whom a command of the staff's grain is about.</summary>
    private static string? PersonIn(Command command) => command switch
    {
        AddPerson c => c.PersonId,
        ChangeProfile c => c.PersonId,
        ChangeRoles c => c.PersonId,
        ChangePassword c => c.PersonId,
        ChangePreferences c => c.PersonId,
        SetSecondFactor c => c.PersonId,
        ReplaceRecoveryCodes c => c.PersonId,
        RemoveSecondFactor c => c.PersonId,
        DisablePerson c => c.PersonId,
        EnablePerson c => c.PersonId,
        EndSessions c => c.PersonId,
        LinkIdentity c => c.PersonId,
        UnlinkIdentity c => c.PersonId,
        IssueToken c => c.TokenId,
        RevokeToken c => c.TokenId,
        _ => null,
    };

    private static StaffRefusedException Forbidden(Permission needed) => new("forbidden", $"That needs '{needed}', which none of your roles has.");

    private static StaffRefusedException NotYourself(StaffMember who) => new("not_yourself", $"You are {who.Id}, and can't act in another's name.");

    private static StaffRefusedException SessionOver() => new("session_over", "Your account was changed since you signed in; sign in again.");

    private static StaffRefusedException TokenOver() => new("session_over", "The token is no longer good; an administrator issues another.");

    private static StaffRefusedException Disabled() => new("person_disabled", "Your account was disabled; an administrator can change that.");

    /// <summary>An act as the audit log is to have it.</summary>
    private sealed record Noted(StaffMember Who, string Act, Permission? Permission, string Target, string? Detail, string Id);
}
