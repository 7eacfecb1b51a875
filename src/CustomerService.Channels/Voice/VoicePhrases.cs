using System.Collections.Frozen;

namespace CustomerService.Channels.Voice;

/// <summary>What is said on the telephone besides answers, in one language.</summary>
internal sealed record VoicePhrases
{
    public required string Locale { get; init; }

    public required string Greeting { get; init; }

    /// <summary>After the language was chosen.</summary>
    public required string HowCanWeHelp { get; init; }

    /// <summary><c>{0}</c>: the key.</summary>
    public required string PressForThis { get; init; }

    public required string OneMoment { get; init; }

    public required string StillThere { get; init; }

    public required string AnythingElse { get; init; }

    public required string SayAgain { get; init; }

    public required string Goodbye { get; init; }

    public required string InLine { get; init; }

    /// <summary><c>{0}</c>: the place.</summary>
    public required string Place { get; init; }

    /// <summary><c>{0}</c>: how long, in words.</summary>
    public required string Wait { get; init; }

    public required string OfferCallback { get; init; }

    public required string CallbackPromised { get; init; }

    public required string ClosedLeaveMessage { get; init; }

    public required string ThanksForMessage { get; init; }

    public required string Connecting { get; init; }

    public required string NotReached { get; init; }

    /// <summary>To the agent, before the caller is heard. <c>{0}</c>: what it is about.</summary>
    public required string Whisper { get; init; }

    /// <summary>What a caller wants who presses 0, in words that the assistant understands.</summary>
    public required string WantsPerson { get; init; }

    /// <summary>Stands in the transcript. <c>{0}</c>: seconds.</summary>
    public required string Voicemail { get; init; }

    public static IReadOnlyCollection<string> Languages => Texts.Keys;

    public static VoicePhrases In(string language) => Texts.GetValueOrDefault(language) ?? Texts["en"];

    private static readonly FrozenDictionary<string, VoicePhrases> Texts = new Dictionary<string, VoicePhrases>
    {
        ["en"] = new()
        {
            Locale = "en-US",
            Greeting = "Hello, and thank you for calling. Tell me in a sentence what I can do for you. To speak to a person, press 0.",
            HowCanWeHelp = "Tell me in a sentence what I can do for you.",
            PressForThis = "For English, press {0}.",
            OneMoment = "One moment, please.",
            StillThere = "Are you still there? Tell me what I can do for you.",
            AnythingElse = "Is there anything else that I can do for you?",
            SayAgain = "I am sorry, that takes too long. Please say it again in other words.",
            Goodbye = "Thank you for calling. Goodbye.",
            InLine = "All our people are talking to others right now. Please hold the line.",
            Place = "You are number {0} in line.",
            Wait = "It will take {0}.",
            OfferCallback = "If you would rather be called back at the number that you are calling from, press 1. You keep your place in line.",
            CallbackPromised = "We will call you back as soon as it is your turn. Goodbye.",
            ClosedLeaveMessage = "Nobody is here at the moment. Please leave a message after the tone, and hang up when you are done.",
            ThanksForMessage = "Thank you. We will call you back. Goodbye.",
            Connecting = "I am connecting you now.",
            NotReached = "I could not reach them. Please hold the line.",
            Whisper = "A customer is on the line. {0} Press any key to take the call.",
            WantsPerson = "I would like to speak to a person, please.",
            Voicemail = "Voice message, {0} seconds.",
        },
        ["es"] = new()
        {
            Locale = "es-ES",
            Greeting = "Hola, y gracias por llamar. Dígame en una frase en qué puedo ayudarle. Para hablar con una persona, pulse 0.",
            HowCanWeHelp = "Dígame en una frase en qué puedo ayudarle.",
            PressForThis = "Para español, pulse {0}.",
            OneMoment = "Un momento, por favor.",
            StillThere = "¿Sigue ahí? Dígame en qué puedo ayudarle.",
            AnythingElse = "¿Puedo ayudarle en algo más?",
            SayAgain = "Lo siento, esto tarda demasiado. Dígalo otra vez con otras palabras, por favor.",
            Goodbye = "Gracias por llamar. Hasta pronto.",
            InLine = "Todos nuestros compañeros están atendiendo a otras personas. No cuelgue, por favor.",
            Place = "Usted es el número {0} en la cola.",
            Wait = "La espera es de {0}.",
            OfferCallback = "Si prefiere que le llamemos al número desde el que llama, pulse 1. Conserva su lugar en la cola.",
            CallbackPromised = "Le llamaremos en cuanto sea su turno. Hasta pronto.",
            ClosedLeaveMessage = "En este momento no hay nadie. Deje un mensaje después de la señal y cuelgue cuando termine.",
            ThanksForMessage = "Gracias. Le devolveremos la llamada. Hasta pronto.",
            Connecting = "Ahora le paso la llamada.",
            NotReached = "No ha sido posible. No cuelgue, por favor.",
            Whisper = "Hay un cliente en línea. {0} Pulse cualquier tecla para atender la llamada.",
            WantsPerson = "Quiero hablar con una persona, por favor.",
            Voicemail = "Mensaje de voz, {0} segundos.",
        },
        ["fr"] = new()
        {
            Locale = "fr-FR",
            Greeting = "Bonjour, et merci de votre appel. Dites-moi en une phrase ce que je peux faire pour vous. Pour parler à une personne, tapez 0.",
            HowCanWeHelp = "Dites-moi en une phrase ce que je peux faire pour vous.",
            PressForThis = "Pour le français, tapez {0}.",
            OneMoment = "Un instant, s’il vous plaît.",
            StillThere = "Êtes-vous toujours là ? Dites-moi ce que je peux faire pour vous.",
            AnythingElse = "Puis-je faire autre chose pour vous ?",
            SayAgain = "Je suis désolé, cela prend trop de temps. Redites-le autrement, s’il vous plaît.",
            Goodbye = "Merci de votre appel. Au revoir.",
            InLine = "Tous nos conseillers sont en ligne. Ne quittez pas.",
            Place = "Vous êtes le numéro {0} dans la file.",
            Wait = "L’attente est de {0}.",
            OfferCallback = "Si vous préférez être rappelé au numéro dont vous appelez, tapez 1. Vous gardez votre place dans la file.",
            CallbackPromised = "Nous vous rappelons dès que c’est votre tour. Au revoir.",
            ClosedLeaveMessage = "Personne n’est là en ce moment. Laissez un message après le signal, puis raccrochez.",
            ThanksForMessage = "Merci. Nous vous rappellerons. Au revoir.",
            Connecting = "Je vous mets en relation.",
            NotReached = "Je n’ai pas pu joindre la personne. Ne quittez pas.",
            Whisper = "Un client est en ligne. {0} Tapez une touche pour prendre l’appel.",
            WantsPerson = "Je voudrais parler à une personne, s’il vous plaît.",
            Voicemail = "Message vocal, {0} secondes.",
        },
        ["de"] = new()
        {
            Locale = "de-DE",
            Greeting = "Guten Tag, und danke für Ihren Anruf. Sagen Sie mir in einem Satz, was ich für Sie tun kann. Um mit einem Menschen zu sprechen, drücken Sie die 0.",
            HowCanWeHelp = "Sagen Sie mir in einem Satz, was ich für Sie tun kann.",
            PressForThis = "Für Deutsch drücken Sie die {0}.",
            OneMoment = "Einen Moment, bitte.",
            StillThere = "Sind Sie noch da? Sagen Sie mir, was ich für Sie tun kann.",
            AnythingElse = "Kann ich noch etwas für Sie tun?",
            SayAgain = "Entschuldigung, das dauert zu lange. Bitte sagen Sie es noch einmal mit anderen Worten.",
            Goodbye = "Danke für Ihren Anruf. Auf Wiederhören.",
            InLine = "Alle unsere Mitarbeiter sprechen gerade. Bitte bleiben Sie am Apparat.",
            Place = "Sie sind Nummer {0} in der Schlange.",
            Wait = "Die Wartezeit beträgt {0}.",
            OfferCallback = "Wenn wir Sie lieber unter der Nummer zurückrufen sollen, von der Sie anrufen, drücken Sie die 1. Sie behalten Ihren Platz.",
            CallbackPromised = "Wir rufen Sie zurück, sobald Sie an der Reihe sind. Auf Wiederhören.",
            ClosedLeaveMessage = "Im Moment ist niemand da. Bitte hinterlassen Sie nach dem Ton eine Nachricht, und legen Sie danach auf.",
            ThanksForMessage = "Danke. Wir rufen Sie zurück. Auf Wiederhören.",
            Connecting = "Ich verbinde Sie jetzt.",
            NotReached = "Ich habe niemanden erreicht. Bitte bleiben Sie am Apparat.",
            Whisper = "Ein Kunde ist in der Leitung. {0} Drücken Sie eine Taste, um das Gespräch anzunehmen.",
            WantsPerson = "Ich möchte bitte mit einem Menschen sprechen.",
            Voicemail = "Sprachnachricht, {0} Sekunden.",
        },
        ["ja"] = new()
        {
            Locale = "ja-JP",
            Greeting = "お電話ありがとうございます。ご用件を一言でお話しください。担当者とお話しになる場合は、0を押してください。",
            HowCanWeHelp = "ご用件を一言でお話しください。",
            PressForThis = "日本語は{0}を押してください。",
            OneMoment = "少々お待ちください。",
            StillThere = "お電話はつながっていますか。ご用件をお話しください。",
            AnythingElse = "ほかにご用件はございますか。",
            SayAgain = "申し訳ございません。時間がかかっております。別の言葉でもう一度お話しください。",
            Goodbye = "お電話ありがとうございました。失礼いたします。",
            InLine = "ただいま担当者はほかのお電話に出ております。そのままお待ちください。",
            Place = "ただいま{0}番目でお待ちいただいております。",
            Wait = "待ち時間は{0}です。",
            OfferCallback = "今おかけの番号への折り返しをご希望の場合は、1を押してください。順番はそのままです。",
            CallbackPromised = "順番になりましたら、こちらからお電話いたします。失礼いたします。",
            ClosedLeaveMessage = "ただいま営業時間外です。発信音のあとにメッセージをお話しになり、終わりましたら電話をお切りください。",
            ThanksForMessage = "ありがとうございます。こちらからお電話いたします。失礼いたします。",
            Connecting = "担当者におつなぎします。",
            NotReached = "担当者につながりませんでした。そのままお待ちください。",
            Whisper = "お客様からのお電話です。{0} 電話に出るには、いずれかのキーを押してください。",
            WantsPerson = "担当者と話したいです。",
            Voicemail = "音声メッセージ、{0}秒。",
        },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
