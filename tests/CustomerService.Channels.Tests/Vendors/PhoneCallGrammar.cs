using System.Collections.Frozen;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerService.Channels.Tests.Vendors;

/// <summary>What the phone company's reference says may stand in a document for calls: which verbs, in which, with which attributes of which values.</summary>
internal static partial class PhoneCallGrammar
{
    private const int LongestSay = 4_096;

    private static readonly Regex Address = AnAddress(), Truth = TrueOrFalse(), Method = GetOrPost(), Number = Positive(), Language = Tag(), Anything = Text();

    private static readonly FrozenDictionary<string, Verb> Verbs = new Dictionary<string, Verb>
    {
        ["Response"] = new(["Say", "Play", "Pause", "Gather", "Record", "Dial", "Redirect", "Hangup", "Reject"], []),
        ["Say"] = new([], new() { ["voice"] = Anything, ["language"] = Language, ["loop"] = Number }) { HasText = true },
        ["Play"] = new([], new() { ["loop"] = Number, ["digits"] = Keys() }) { HasText = true },
        ["Pause"] = new([], new() { ["length"] = Number }),
        ["Gather"] = new(["Say", "Play", "Pause"], new()
        {
            ["action"] = Address,
            ["method"] = Method,
            ["input"] = Input(),
            ["language"] = Language,
            ["hints"] = Anything,
            ["finishOnKey"] = Key(),
            ["numDigits"] = Number,
            ["timeout"] = Number,
            ["speechTimeout"] = NumberOrAuto(),
            ["maxSpeechTime"] = Number,
            ["profanityFilter"] = Truth,
            ["speechModel"] = Anything,
            ["enhanced"] = Truth,
            ["actionOnEmptyResult"] = Truth,
            ["bargeIn"] = Truth,
            ["partialResultCallback"] = Address,
            ["partialResultCallbackMethod"] = Method,
        })
        { Needs = ["action"] },
        ["Record"] = new([], new()
        {
            ["action"] = Address,
            ["method"] = Method,
            ["timeout"] = Number,
            ["finishOnKey"] = Keys(),
            ["maxLength"] = Number,
            ["playBeep"] = Truth,
            ["trim"] = Trim(),
            ["recordingStatusCallback"] = Address,
            ["recordingStatusCallbackMethod"] = Method,
            ["recordingStatusCallbackEvent"] = Anything,
            ["transcribe"] = Truth,
            ["transcribeCallback"] = Address,
        })
        { Needs = ["action"] },
        ["Dial"] = new(["Number"], new()
        {
            ["action"] = Address,
            ["method"] = Method,
            ["timeout"] = Number,
            ["answerOnBridge"] = Truth,
            ["callerId"] = Telephone(),
            ["callReason"] = Anything,
            ["hangupOnStar"] = Truth,
            ["timeLimit"] = Number,
            ["ringTone"] = Anything,
            ["record"] = Anything,
            ["sequential"] = Truth,
        })
        { Needs = ["action"] },
        ["Number"] = new([], new()
        {
            ["url"] = Address,
            ["method"] = Method,
            ["sendDigits"] = Keys(),
            ["statusCallback"] = Address,
            ["statusCallbackEvent"] = Anything,
            ["statusCallbackMethod"] = Method,
        })
        { HasText = true },
        ["Redirect"] = new([], new() { ["method"] = Method }) { HasText = true },
        ["Hangup"] = new([], []),
        ["Reject"] = new([], new() { ["reason"] = Anything }),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>What is wrong, each with its place; none: the company would take it.</returns>
    /// <param name="isWhisper">It is for the called side before the two are connected.</param>
    public static IEnumerable<string> Faults(string document, bool isWhisper = false)
    {
        var root = XDocument.Parse(document).Root!;
        if (root.Name.LocalName != "Response")
            yield return $"the root is {root.Name}";
        foreach (var fault in Faults(root))
            yield return fault;
        if (isWhisper && root.Descendants("Dial").Any())
            yield return "a whisper can't dial";
        if (root.Descendants("Gather").FirstOrDefault(each => each.Attribute("input")?.Value == "dtmf" && each.Attribute("speechTimeout") is not null) is not null)
            yield return "a Gather for keys alone has no speechTimeout";
        // Longer ones are not written down.
        if (root.Descendants("Record").Any(each => each.Attribute("transcribe")?.Value == "true" && !((int?)each.Attribute("maxLength") < 120)))
            yield return "a Record that is transcribed is shorter than 120 s";
        if (root.Descendants("Record").Any(each => each.Attribute("transcribeCallback") is not null && each.Attribute("transcribe")?.Value != "true"))
            yield return "a Record with transcribeCallback is transcribed";
        // What comes after these is never reached.
        if (root.Elements().SkipWhile(each => each.Name.LocalName is not ("Hangup" or "Redirect")).Skip(1).Any())
            yield return "something follows a Hangup or Redirect";
    }

    private static IEnumerable<string> Faults(XElement element)
    {
        var name = element.Name.LocalName;
        if (element.Name.NamespaceName.Length > 0 || !Verbs.TryGetValue(name, out var verb))
        {
            yield return $"there is no verb {element.Name}";
            yield break;
        }

        foreach (var attribute in element.Attributes())
        {
            if (!verb.Attributes.TryGetValue(attribute.Name.ToString(), out var allowed))
                yield return $"{name} has no attribute {attribute.Name}";
            else if (!allowed.IsMatch(attribute.Value))
                yield return $"{name} can't have {attribute}";
        }

        foreach (var needed in verb.Needs.Where(needed => element.Attribute(needed) is null))
            yield return $"{name} without {needed} goes round in circles";
        foreach (var text in element.Nodes().OfType<XText>())
        {
            if (!verb.HasText || text.Value.Length > LongestSay)
                yield return $"{name} has a text of {text.Value.Length} characters";
        }

        if (verb.HasText && string.IsNullOrWhiteSpace(element.Value))
            yield return $"{name} says nothing";
        if (name is "Redirect" or "Play" && !Address.IsMatch(element.Value))
            yield return $"{name} goes to '{element.Value}'";
        if (name == "Number" && !Telephone().IsMatch(element.Value))
            yield return $"Number is '{element.Value}'";
        foreach (var child in element.Elements())
        {
            if (!verb.Inner.Contains(child.Name.LocalName))
                yield return $"{name} can't have {child.Name} in it";
            foreach (var fault in Faults(child))
                yield return fault;
        }
    }

    [GeneratedRegex(@"^https?://[^\s<>""]{1,4000}$")]
    private static partial Regex AnAddress();

    [GeneratedRegex("^(true|false)$")]
    private static partial Regex TrueOrFalse();

    [GeneratedRegex("^(GET|POST)$")]
    private static partial Regex GetOrPost();

    [GeneratedRegex("^[1-9][0-9]{0,4}$")]
    private static partial Regex Positive();

    [GeneratedRegex("^([1-9][0-9]?|auto)$")]
    private static partial Regex NumberOrAuto();

    [GeneratedRegex("^[a-z]{2,3}-[A-Z]{2}$")]
    private static partial Regex Tag();

    [GeneratedRegex("^(dtmf|speech|dtmf speech|speech dtmf)$")]
    private static partial Regex Input();

    [GeneratedRegex("^[0-9#*]?$")]
    private static partial Regex Key();

    [GeneratedRegex("^[0-9#*w]+$")]
    private static partial Regex Keys();

    [GeneratedRegex("^(trim-silence|do-not-trim)$")]
    private static partial Regex Trim();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex Telephone();

    [GeneratedRegex("^.+$", RegexOptions.Singleline)]
    private static partial Regex Text();

    /// <param name="Inner">What may stand in it.</param>
    private sealed record Verb(string[] Inner, Dictionary<string, Regex> Attributes)
    {
        public bool HasText { get; init; }

        public string[] Needs { get; init; } = [];
    }
}
