using System.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary>Flags that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Data() => new("--data")
    {
        Description = "The folder that keeps everything: database, orders, keys.",
        DefaultValueFactory = _ => SiloSettings.DefaultDataFolder,
        HelpName = "DIR",
    };

    public static Option<string?> Content() => new("--content")
    {
        Description = "The folder of pipelines, routing rules, articles and answers. Default: the one that ships.",
        HelpName = "DIR",
    };
}
