using System.CommandLine;
using System.Globalization;
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

    public static Option<string?> Url(string description)
    {
        var option = new Option<string?>("--url") { Description = description, HelpName = "URL" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !IsHttp(text, out _))
                result.AddError($"--url takes an address like {SiloSettings.DefaultListen}; '{text}' is none.");
        });
        return option;
    }

    /// <summary>The address that such an option was given; null where it was not.</summary>
    public static Uri? GetUrl(this ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } text && IsHttp(text, out var url) ? url : null;

    /// <summary>A whole number within bounds; anything else is told in one line.</summary>
    public static Option<int> Number(string name, int value, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value, HelpName = "N" };
        option.Validators.Add(result =>
        {
            // Not GetValue: it throws on what is no number at all.
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) || number < least || number > most))
                result.AddError($"{name} takes a number from {least} to {most}.");
        });
        return option;
    }

    private static bool IsHttp(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
