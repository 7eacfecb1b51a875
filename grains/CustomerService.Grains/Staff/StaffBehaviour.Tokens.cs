using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Staff;

// What programs show instead of a password.
public sealed partial class StaffBehaviour
{
    private static readonly TimeSpan UseIsKeptFor = TimeSpan.FromHours(1);

    private static Reply Find(StaffState state, FindToken find, DateTimeOffset now) =>
        state.Tokens.Values.FirstOrDefault(token => token.Hash == find.Hash) is { } found && found.IsGood(now)
            ? found.ToView()
            : Reply.Refuse("no_such_token", "There is no such token, or it is no longer good.");

    private static Turn<StaffState> Issue(StaffState state, IssueToken issue, DateTimeOffset now)
    {
        if (state.Tokens.ContainsKey(issue.TokenId))
            return Turn.Unchanged(state, Reply.Refuse("token_exists", $"There is a token called {issue.TokenId} already; choose another id."));
        if (!IsId(issue.TokenId))
            return Turn.Unchanged(state, Reply.Refuse("token_id_invalid", "An id has 1 to 64 of the characters a-z, 0-9, '.', '_' and '-', and begins with a letter or digit."));
        if (issue.ExpiresAt <= now)
            return Turn.Unchanged(state, Reply.Refuse("expiry_in_the_past", "The token would be no good from the start; give a later expiry, or none."));
        if ((WhyWrong(issue.Name, email: null) ?? WhyWrong(issue.Roles)) is { } refusal)
            return Turn.Unchanged(state, refusal);

        var token = new ApiToken(issue.TokenId, issue.Name.Trim(), Ordered(issue.Roles), issue.Hash, issue.ExpiresAt, now, issue.By);
        return Turn.Of(Remembering(state with { Tokens = state.Tokens.Add(token.Id, token) }, issue), Reply.Done,
            StaffEntries.Of(token), new Record(new TokenIssued(token.Id, token.Name, token.Roles, issue.By)));
    }

    private static Turn<StaffState> Revoke(StaffState state, RevokeToken revoke, DateTimeOffset now)
    {
        if (!state.Tokens.TryGetValue(revoke.TokenId, out var token))
            return Turn.Unchanged(state, Reply.Refuse("no_such_token", $"There is no token called {Conversations.Excerpt.Of(revoke.TokenId, 64)}."));
        if (token.RevokedAt is not null)
            return Turn.Unchanged(state, Reply.Done);

        token = token with { RevokedAt = now };
        return Turn.Of(Remembering(state with { Tokens = state.Tokens.SetItem(token.Id, token) }, revoke), Reply.Done,
            StaffEntries.Of(token), new Record(new TokenRevoked(token.Id, revoke.By)));
    }

    private static Turn<StaffState> NoteUse(StaffState state, NoteTokenUse use, DateTimeOffset now)
    {
        if (!state.Tokens.TryGetValue(use.TokenId, out var token))
            return Turn.Unchanged(state, Reply.Refuse("no_such_token", $"There is no token called {Conversations.Excerpt.Of(use.TokenId, 64)}."));
        if (!IsUnnoted(token.LastUsedAt, now))
            return Turn.Unchanged(state, Reply.Done);
        token = token with { LastUsedAt = now };
        return Turn.Of(state with { Tokens = state.Tokens.SetItem(token.Id, token) }, Reply.Done, StaffEntries.Of(token));
    }

    /// <summary>Whether a use now is to be noted, after the last that was.</summary>
    public static bool IsUnnoted(DateTimeOffset? lastUsed, DateTimeOffset now) => lastUsed is null || now - lastUsed >= UseIsKeptFor;
}
