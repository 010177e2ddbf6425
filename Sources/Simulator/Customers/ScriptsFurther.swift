// Customers who write Arabic, Hindi and Chinese; fewer of them, so fewer topics.

extension Script {
  static let arabic = Script(
    threads: [
      .price: Thread(
        openings: ["مرحبا، كم سعر الاشتراك الشهري؟ 🙂"],
        followUps: ["هل في رسوم تسجيل؟", "في خصم للطلاب؟"]
      ),
      .trial: Thread(
        openings: ["السلام عليكم، ممكن أجرب النادي قبل ما أشترك؟ 💪"],
        followUps: ["لازم أجيب شي معي؟"]
      ),
      .womenOnly: Thread(
        openings: ["مرحبا، عندكم قسم خاص للسيدات؟"],
        followUps: ["والمدربة موجودة كل يوم؟"]
      ),
      .hours: Thread(
        openings: ["مساء الخير، لأي ساعة فاتحين يوم الجمعة؟"],
        followUps: ["وفي رمضان نفس المواعيد؟"]
      ),
      .kids: Thread(
        openings: ["السلام عليكم، عندكم سباحة للأطفال؟ بنتي عمرها ٧ سنين"],
        followUps: ["كم طفل بالمجموعة؟"]
      ),
    ],
    fairPrice: ["تمام، السعر مناسب 👍", "ممتاز شكرا"],
    steepPrice: ["شوي غالي بصراحة", "بفكر وبرد عليكم إن شاء الله"],
    trial: ["أكيد! 🙌|ممكن بكرا بعد الدوام؟", "حلو كتير، كيف أسجل؟"],
    acceptTime: ["تمام، بكون عندكم 👍", "مناسب جدا، شكرا"],
    otherTime: ["هالوقت عندي شغل، في بعد الساعة ٦؟"],
    proposeTime: ["الخميس حوالي الساعة ٦؟", "بكرا بعد ٥ إذا ممكن"],
    goals: ["بدي أنزل وزني شوي وأصير أنشط", "أول مرة بصراحة 😅"],
    names: ["اسمي {name} 🙂"],
    anyQuestion: ["نعم", "أيوا بالضبط", "لا والله"],
    news: ["تمام شكرا جزيلا 🙏", "ممتاز 👍"],
    refusal: ["خسارة، شكرا على كل حال"],
    booked: ["شكرا كتير! بشوفكم 👋", "إن شاء الله 💪"],
    thanks: ["العفو 🙂", "شكرا إلكم"],
    nudges: ["مرحبا؟ 🙂", "في حدا ممكن يرد علي؟"],
    photoCaptions: ["هاي الصورة"]
  )

  static let hindi = Script(
    threads: [
      .price: Thread(openings: ["नमस्ते, महीने की फीस कितनी है? 🙏"], followUps: ["क्या अलग से जॉइनिंग फीस भी है?"]),
      .trial: Thread(openings: ["हेलो, क्या एक दिन का फ्री ट्रायल मिल सकता है? 💪"], followUps: ["साथ में क्या लाना होगा?"]),
      .hours: Thread(openings: ["जिम सुबह कितने बजे खुलता है?"], followUps: ["रविवार को भी?"]),
      .yoga: Thread(openings: ["नमस्ते, योग क्लास किस दिन होती है? 🧘"], followUps: ["क्या मैट लाना पड़ेगा?"]),
    ],
    fairPrice: ["ठीक है, अच्छा है 👍"],
    steepPrice: ["थोड़ा ज़्यादा है, सोच कर बताता हूँ"],
    trial: ["हाँ ज़रूर! 🙌|कल शाम को आ सकता हूँ?"],
    acceptTime: ["बढ़िया, मैं आ जाऊँगा 👍", "हाँ, ये टाइम ठीक है"],
    otherTime: ["उस समय ऑफिस है, 6 के बाद हो सकता है?"],
    proposeTime: ["गुरुवार शाम 6 बजे?", "कल 5 के बाद"],
    goals: ["वज़न कम करना है बस 😅", "फिट रहना है"],
    names: ["मेरा नाम {name} है 🙂"],
    anyQuestion: ["हाँ", "जी हाँ", "नहीं"],
    news: ["ठीक है, धन्यवाद 🙏", "अच्छा, समझ गया"],
    refusal: ["कोई बात नहीं, धन्यवाद"],
    booked: ["बहुत धन्यवाद! मिलते हैं 👋"],
    thanks: ["जी शुक्रिया 🙂"],
    nudges: ["हेलो? 🙂"],
    photoCaptions: ["ये देखिए"]
  )

  static let chinese = Script(
    threads: [
      .price: Thread(
        openings: ["你好，请问月卡多少钱？😊", "您好|想咨询一下会员价格"],
        followUps: ["学生有优惠吗？", "可以按月付吗？"]
      ),
      .trial: Thread(openings: ["你好，可以先体验一次再办卡吗？💪"], followUps: ["需要自己带毛巾吗？"]),
      .personalTraining: Thread(openings: ["你好，想找私教减脂，一周两次，大概什么价位？"], followUps: ["有女教练吗？"]),
      .parking: Thread(openings: ["请问健身房附近好停车吗？"], followUps: ["免费的吗？"]),
    ],
    fairPrice: ["好的，价格可以接受👌"],
    steepPrice: ["有点贵呢，我再考虑一下"],
    trial: ["太好了！🙌|明天下班后可以吗？", "好呀，怎么预约？"],
    acceptTime: ["可以的，到时候见👍", "没问题😊"],
    otherTime: ["那个时间在上班，六点以后可以吗？"],
    proposeTime: ["周四晚上六点左右？", "明天五点以后都可以"],
    goals: ["主要想减肥，提高体力", "完全是新手😅"],
    names: ["我叫{name}🙂"],
    anyQuestion: ["是的", "对的", "没有"],
    news: ["好的，谢谢！", "明白了👍"],
    refusal: ["好吧，还是谢谢您"],
    booked: ["谢谢！到时见👋"],
    thanks: ["不客气🙂"],
    nudges: ["在吗？🙂"],
    photoCaptions: ["就是这个"]
  )
}
