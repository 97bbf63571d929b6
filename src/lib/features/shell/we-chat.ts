/** WeChat's own browser may forget everything: nobody should get a key there. */
export const isInWeChat = (): boolean => /MicroMessenger/i.test(navigator.userAgent);
