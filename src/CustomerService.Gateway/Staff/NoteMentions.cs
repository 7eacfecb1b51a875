using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using CustomerService.Staff;

namespace CustomerService.Gateway.Staff;

/// <summary>Somebody who can be named in a private note.</summary>
public sealed record Mentionable(string Id, string Name);

/// <summary>Whom private notes name: <c>@ann</c> is the person of that id, where they may see conversations.</summary>
internal sealed partial class NoteMentions(IGrainClient grains)
{
    /// <summary>Everybody who can be named, by name.</summary>
    public async ValueTask<ImmutableArray<Mentionable>> PeopleAsync(CancellationToken cancellation)
    {
        var people = await grains.AskForAsync<PeopleView>(Grain.Staff, new GetPeople(), cancellation);
        return
        [
            .. people.People.Where(person => !person.Disabled && person.Roles.Allow(Permission.SeeConversations))
                .Select(person => new Mentionable(person.Id, person.Name)).OrderBy(person => person.Name, StringComparer.CurrentCulture),
        ];
    }

    /// <summary>The note as a command, with the ids of those whom it names.</summary>
    public async ValueTask<AddNote> NoteAsync(string agentId, string text, CancellationToken cancellation)
    {
        ImmutableArray<string> named = [.. NamePattern().Matches(text).Select(match => match.Groups[1].Value.TrimEnd('.', '-', '_')).Distinct(StringComparer.Ordinal)];
        var note = new AddNote(agentId, text);
        if (named.IsEmpty)
            return note;
        var known = (await PeopleAsync(cancellation)).Select(person => person.Id).ToHashSet(StringComparer.Ordinal);
        return note with { Mentions = [.. named.Where(known.Contains)] };
    }

    [GeneratedRegex(@"(?<![\w.@-])@([a-z0-9][a-z0-9._-]{0,63})")]
    private static partial Regex NamePattern();
}
