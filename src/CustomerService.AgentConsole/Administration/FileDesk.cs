using CustomerService.AgentConsole.Retention;

namespace CustomerService.AgentConsole.Administration;

/// <summary>Owners' files through the staff's door: who may read and save them, and what is noted of it.</summary>
internal sealed class FileDesk(IStaffDoor door, IOwnerFiles files)
{
    private readonly Dictionary<string, string> _begun = new(StringComparer.Ordinal);

    public string? WhyReadOnly => files.WhyReadOnly;

    public async ValueTask<IReadOnlyList<OwnerFile>> ListAsync(StaffMember who)
    {
        await door.RequireAsync(who, Permission.SeeContent, "content");
        return files.List();
    }

    /// <summary>What somebody needs to save that file: what is erased by the rules of retention can't be had back.</summary>
    public static Permission NeededFor(string path) => path == RetentionForm.File ? Permission.ManageRetention : Permission.EditContent;

    /// <summary>A file's text; null: there is none yet.</summary>
    /// <exception cref="StaffRefusedException">It is no file that owners edit, or not for them.</exception>
    public async ValueTask<OwnerText?> ReadAsync(StaffMember who, string path)
    {
        await door.RequireAsync(who, Permission.SeeContent, "content");
        return Named(() => files.Read(path));
    }

    public async ValueTask<FileCheck> CheckAsync(StaffMember who, string path, string text)
    {
        await door.RequireAsync(who, Permission.SeeContent, "content");
        return await files.CheckAsync(path, text);
    }

    public async ValueTask<IReadOnlyList<FileVersion>> VersionsAsync(StaffMember who, string path)
    {
        await door.RequireAsync(who, Permission.SeeContent, "content");
        return Named(() => files.Versions(path));
    }

    public async ValueTask<string?> VersionTextAsync(StaffMember who, string path, int number)
    {
        await door.RequireAsync(who, Permission.SeeContent, "content");
        return Named(() => files.VersionText(path, number));
    }

    /// <summary>Saves an edit, or a former version again. It is noted with its reason; an edit that was not saved is noted as failed.</summary>
    public async ValueTask<SaveOutcome> SaveAsync(StaffMember who, string path, string text, string? seen, string why, int? backTo = null)
    {
        var verb = backTo is null ? "save" : "roll_back";
        var detail = backTo is null ? why : $"to version {backTo}: {why}";
        try
        {
            return await door.ActAsync<SaveOutcome>(
                who, NeededFor(path), $"content.{verb}", path, async ending => await files.SaveAsync(path, text, seen, who.Signature, why, ending) switch
                {
                    SaveOutcome.Saved saved => saved,
                    var other => throw new NotSavedException(other),
                }, detail);
        }
        catch (NotSavedException fault)
        {
            return fault.Outcome;
        }
        catch (ArgumentException fault)
        {
            throw new StaffRefusedException("not_an_owners_file", fault.Message);
        }
    }

    /// <summary>Keeps a text for the editor of that path, which is opened next: an article that begins with customers' questions.</summary>
    public void Begin(string path, string text) => _begun[path] = text;

    /// <summary>What was begun for that path, once.</summary>
    public string? TakeBegun(string path) => _begun.Remove(path, out var text) ? text : null;

    private static T Named<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException fault)
        {
            throw new StaffRefusedException("not_an_owners_file", fault.Message);
        }
    }

    private sealed class NotSavedException(SaveOutcome outcome) : Exception($"not saved: {outcome.GetType().Name}")
    {
        public SaveOutcome Outcome => outcome;
    }
}
