using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Composition;

/// <summary>Where the owner's texts and rules live: pipelines, routing, articles, answers, quality rules.</summary>
internal sealed record ContentFolder(string Path)
{
    public string DefaultPipeline => System.IO.Path.Combine(Path, "pipelines", "default.yaml");

    public string Routing => System.IO.Path.Combine(Path, "routing.yaml");

    public string Desk => System.IO.Path.Combine(Path, "desk.yaml");

    public string Quality => System.IO.Path.Combine(Path, "quality.yaml");

    public string Translation => System.IO.Path.Combine(Path, "translation.yaml");

    public string Replies => System.IO.Path.Combine(Path, "replies.yaml");

    public string Channels => System.IO.Path.Combine(Path, "channels.yaml");

    public string Staff => System.IO.Path.Combine(Path, "staff.yaml");

    public string Scorecards => System.IO.Path.Combine(Path, "scorecards.yaml");

    public string Alerts => System.IO.Path.Combine(Path, "alerts.yaml");

    public string Retention => System.IO.Path.Combine(Path, "retention.yaml");

    public string Mcp => System.IO.Path.Combine(Path, "mcp.yaml");

    /// <summary>Others' tools as the owner approved them.</summary>
    public string ApprovedTools => System.IO.Path.Combine(Path, "mcp-approved.json");

    public string Knowledge => System.IO.Path.Combine(Path, "knowledge");

    public string Answers => System.IO.Path.Combine(Path, "answers");

    /// <summary>
    /// The named folder; else the one of the checkout that the program is started in, so that edits there are picked up live; else
    /// the one beside the program.
    /// </summary>
    /// <exception cref="CommandFailedException">The named folder is not there.</exception>
    public static ContentFolder Find(string? named)
    {
        if (named is not null)
        {
            return Directory.Exists(named)
                ? new ContentFolder(System.IO.Path.GetFullPath(named))
                : throw new CommandFailedException($"--content {named}: there is no such folder.", SiloCommandLine.WrongUse);
        }

        var checkout = System.IO.Path.GetFullPath(System.IO.Path.Combine("silo", "CustomerService.Silo", "content"));
        return new ContentFolder(Directory.Exists(checkout) ? checkout : System.IO.Path.Combine(AppContext.BaseDirectory, "content"));
    }
}
