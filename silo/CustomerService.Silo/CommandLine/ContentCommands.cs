using System.CommandLine;
using CustomerService.AgentConsole.Administration;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Owners;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>content versions</c>, <c>content show</c> and <c>content rollback</c>: what owners' files were, and back to it.</summary>
internal static class ContentCommands
{
    public static Command Create()
    {
        var command = new Command("content", "Look at former versions of the files that owners edit, and go back to one.");
        command.Subcommands.Add(CreateVersions());
        command.Subcommands.Add(CreateShow());
        command.Subcommands.Add(CreateRollback());
        return command;
    }

    private static Command CreateVersions()
    {
        var (path, content) = (Path(), CommonOptions.Content());
        var command = new Command("versions", "List a file's kept versions, the newest first.") { path, content };
        command.SetAction(parsed => Run(parsed, content, files =>
        {
            var versions = files.Versions(parsed.GetRequiredValue(path));
            foreach (var version in versions)
                Console.WriteLine($"{version.Number,6}  {version.At:yyyy-MM-dd HH:mm:ss}Z  {version.Who,-20} {version.Bytes,8:N0} bytes  {version.Why}");
            if (versions.IsEmpty)
                Console.WriteLine($"{parsed.GetRequiredValue(path)}: no versions are kept: nobody has saved it in the console, or rolled it back.");
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Command CreateShow()
    {
        var (path, number, content) = (Path(), Number(), CommonOptions.Content());
        var command = new Command("show", "Print a version of a file.") { path, number, content };
        command.SetAction(parsed => Run(parsed, content, files =>
        {
            Console.Write(TextOf(files, parsed.GetRequiredValue(path), parsed.GetRequiredValue(number)));
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Command CreateRollback()
    {
        var (path, number, content) = (Path(), Number(), CommonOptions.Content());
        var why = new Option<string>("--why") { Description = "Why, for whoever reads the versions later.", DefaultValueFactory = _ => "", HelpName = "TEXT" };
        var command = new Command("rollback", "Make a former version the present one: a new version with its text, checked as any edit. A running system takes it up by itself.") { path, number, why, content };
        command.SetAction((parsed, cancellation) => Run(parsed, content, async files =>
        {
            var (file, version) = (parsed.GetRequiredValue(path), parsed.GetRequiredValue(number));
            var text = TextOf(files, file, version);
            var reason = parsed.GetValue(why) is { Length: > 0 } given ? given : $"back to version {version}";
            return Tell(file, await files.SaveAsync(file, text, files.Read(file)?.Hash, Environment.UserName, reason, cancellation));
        }));
        return command;
    }

    private static int Tell(string file, SaveOutcome outcome)
    {
        switch (outcome)
        {
            case SaveOutcome.Saved saved:
                Console.WriteLine($"{file}: version {saved.Version.Number} is saved.");
                return 0;
            case SaveOutcome.Unchanged:
                Console.WriteLine($"{file}: it says that already.");
                return 0;
            case SaveOutcome.HasErrors faulty:
                throw new CommandFailedException(string.Join('\n', faulty.Check.Findings.Select(finding => $"{finding.Path}:{finding.Line}:{finding.Column}: {finding.Message}")));
            case SaveOutcome.ReadOnly fixedFolder:
                throw new CommandFailedException($"{file} can't be saved: {fixedFolder.Why}");
            default:
                throw new CommandFailedException($"{file} was changed meanwhile; look at it and try again.");
        }
    }

    private static string TextOf(OwnerFolder files, string path, int number) => files.VersionText(path, number)
        ?? throw new CommandFailedException($"{path} has no version {number}; 'content versions {path}' lists them.", SiloCommandLine.WrongUse);

    private static async Task<int> Run(ParseResult parsed, Option<string?> content, Func<OwnerFolder, Task<int>> command)
    {
        var settings = new SiloSettings { DataFolder = SiloSettings.DefaultDataFolder, Content = ContentFolder.Find(parsed.GetValue(content)), Quiet = true };
        try
        {
            using var files = new OwnerFolder(settings.Content.Path, new FileChecks(settings, () => null, TimeProvider.System), TimeProvider.System);
            return await command(files);
        }
        catch (ArgumentException fault)
        {
            throw new CommandFailedException(fault.Message, SiloCommandLine.WrongUse);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(fault.Message);
        }
    }

    private static Argument<string> Path() => new("FILE") { Description = "The file, relative to the content folder, such as routing.yaml." };

    private static Argument<int> Number() => new("VERSION") { Description = "The version's number, as 'content versions' lists it." };
}
