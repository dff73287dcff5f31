(function(){"use strict";/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const B=globalThis,K=B.ShadowRoot&&(B.ShadyCSS===void 0||B.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,J=Symbol(),pt=new WeakMap;let ft=class{constructor(t,e,i){if(this._$cssResult$=!0,i!==J)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o;const e=this.t;if(K&&t===void 0){const i=e!==void 0&&e.length===1;i&&(t=pt.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),i&&pt.set(e,t))}return t}toString(){return this.cssText}};const gt=s=>new ft(typeof s=="string"?s:s+"",void 0,J),y=(s,...t)=>{const e=s.length===1?s[0]:t.reduce((i,n,o)=>i+(r=>{if(r._$cssResult$===!0)return r.cssText;if(typeof r=="number")return r;throw Error("Value passed to 'css' function must be a 'css' function result: "+r+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+s[o+1],s[0]);return new ft(e,s,J)},ue=(s,t)=>{if(K)s.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(const e of t){const i=document.createElement("style"),n=B.litNonce;n!==void 0&&i.setAttribute("nonce",n),i.textContent=e.cssText,s.appendChild(i)}},mt=K?s=>s:s=>s instanceof CSSStyleSheet?(t=>{let e="";for(const i of t.cssRules)e+=i.cssText;return gt(e)})(s):s;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{is:de,defineProperty:pe,getOwnPropertyDescriptor:fe,getOwnPropertyNames:ge,getOwnPropertySymbols:me,getPrototypeOf:be}=Object,q=globalThis,bt=q.trustedTypes,$e=bt?bt.emptyScript:"",ve=q.reactiveElementPolyfillSupport,R=(s,t)=>s,X={toAttribute(s,t){switch(t){case Boolean:s=s?$e:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,t){let e=s;switch(t){case Boolean:e=s!==null;break;case Number:e=s===null?null:Number(s);break;case Object:case Array:try{e=JSON.parse(s)}catch{e=null}}return e}},$t=(s,t)=>!de(s,t),vt={attribute:!0,type:String,converter:X,reflect:!1,useDefault:!1,hasChanged:$t};Symbol.metadata??=Symbol("metadata"),q.litPropertyMetadata??=new WeakMap;let O=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=vt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){const i=Symbol(),n=this.getPropertyDescriptor(t,i,e);n!==void 0&&pe(this.prototype,t,n)}}static getPropertyDescriptor(t,e,i){const{get:n,set:o}=fe(this.prototype,t)??{get(){return this[e]},set(r){this[e]=r}};return{get:n,set(r){const c=n?.call(this);o?.call(this,r),this.requestUpdate(t,c,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??vt}static _$Ei(){if(this.hasOwnProperty(R("elementProperties")))return;const t=be(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(R("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(R("properties"))){const e=this.properties,i=[...ge(e),...me(e)];for(const n of i)this.createProperty(n,e[n])}const t=this[Symbol.metadata];if(t!==null){const e=litPropertyMetadata.get(t);if(e!==void 0)for(const[i,n]of e)this.elementProperties.set(i,n)}this._$Eh=new Map;for(const[e,i]of this.elementProperties){const n=this._$Eu(e,i);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){const e=[];if(Array.isArray(t)){const i=new Set(t.flat(1/0).reverse());for(const n of i)e.unshift(mt(n))}else t!==void 0&&e.push(mt(t));return e}static _$Eu(t,e){const i=e.attribute;return i===!1?void 0:typeof i=="string"?i:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){const t=new Map,e=this.constructor.elementProperties;for(const i of e.keys())this.hasOwnProperty(i)&&(t.set(i,this[i]),delete this[i]);t.size>0&&(this._$Ep=t)}createRenderRoot(){const t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ue(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,i){this._$AK(t,i)}_$ET(t,e){const i=this.constructor.elementProperties.get(t),n=this.constructor._$Eu(t,i);if(n!==void 0&&i.reflect===!0){const o=(i.converter?.toAttribute!==void 0?i.converter:X).toAttribute(e,i.type);this._$Em=t,o==null?this.removeAttribute(n):this.setAttribute(n,o),this._$Em=null}}_$AK(t,e){const i=this.constructor,n=i._$Eh.get(t);if(n!==void 0&&this._$Em!==n){const o=i.getPropertyOptions(n),r=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:X;this._$Em=n;const c=r.fromAttribute(e,o.type);this[n]=c??this._$Ej?.get(n)??c,this._$Em=null}}requestUpdate(t,e,i,n=!1,o){if(t!==void 0){const r=this.constructor;if(n===!1&&(o=this[t]),i??=r.getPropertyOptions(t),!((i.hasChanged??$t)(o,e)||i.useDefault&&i.reflect&&o===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))))return;this.C(t,e,i)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:i,reflect:n,wrapped:o},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??e??this[t]),o!==!0||r!==void 0)||(this._$AL.has(t)||(this.hasUpdated||i||(e=void 0),this._$AL.set(t,e)),n===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}const t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[n,o]of this._$Ep)this[n]=o;this._$Ep=void 0}const i=this.constructor.elementProperties;if(i.size>0)for(const[n,o]of i){const{wrapped:r}=o,c=this[n];r!==!0||this._$AL.has(n)||c===void 0||this.C(n,void 0,o,c)}}let t=!1;const e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(i=>i.hostUpdate?.()),this.update(e)):this._$EM()}catch(i){throw t=!1,this._$EM(),i}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};O.elementStyles=[],O.shadowRootOptions={mode:"open"},O[R("elementProperties")]=new Map,O[R("finalized")]=new Map,ve?.({ReactiveElement:O}),(q.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const Z=globalThis,yt=s=>s,F=Z.trustedTypes,wt=F?F.createPolicy("lit-html",{createHTML:s=>s}):void 0,kt="$lit$",v=`lit$${Math.random().toFixed(9).slice(2)}$`,_t="?"+v,ye=`<${_t}>`,w=document,U=()=>w.createComment(""),L=s=>s===null||typeof s!="object"&&typeof s!="function",Q=Array.isArray,we=s=>Q(s)||typeof s?.[Symbol.iterator]=="function",tt=`[ 	
\f\r]`,D=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,xt=/-->/g,At=/>/g,k=RegExp(`>|${tt}(?:([^\\s"'>=/]+)(${tt}*=${tt}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Et=/'/g,St=/"/g,Tt=/^(?:script|style|textarea|title)$/i,Ct=s=>(t,...e)=>({_$litType$:s,strings:t,values:e}),l=Ct(1),ke=Ct(2),b=Symbol.for("lit-noChange"),u=Symbol.for("lit-nothing"),Ot=new WeakMap,_=w.createTreeWalker(w,129);function zt(s,t){if(!Q(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return wt!==void 0?wt.createHTML(t):t}const _e=(s,t)=>{const e=s.length-1,i=[];let n,o=t===2?"<svg>":t===3?"<math>":"",r=D;for(let c=0;c<e;c++){const a=s[c];let d,p,h=-1,g=0;for(;g<a.length&&(r.lastIndex=g,p=r.exec(a),p!==null);)g=r.lastIndex,r===D?p[1]==="!--"?r=xt:p[1]!==void 0?r=At:p[2]!==void 0?(Tt.test(p[2])&&(n=RegExp("</"+p[2],"g")),r=k):p[3]!==void 0&&(r=k):r===k?p[0]===">"?(r=n??D,h=-1):p[1]===void 0?h=-2:(h=r.lastIndex-p[2].length,d=p[1],r=p[3]===void 0?k:p[3]==='"'?St:Et):r===St||r===Et?r=k:r===xt||r===At?r=D:(r=k,n=void 0);const f=r===k&&s[c+1].startsWith("/>")?" ":"";o+=r===D?a+ye:h>=0?(i.push(d),a.slice(0,h)+kt+a.slice(h)+v+f):a+v+(h===-2?c:f)}return[zt(s,o+(s[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),i]};class j{constructor({strings:t,_$litType$:e},i){let n;this.parts=[];let o=0,r=0;const c=t.length-1,a=this.parts,[d,p]=_e(t,e);if(this.el=j.createElement(d,i),_.currentNode=this.el.content,e===2||e===3){const h=this.el.content.firstChild;h.replaceWith(...h.childNodes)}for(;(n=_.nextNode())!==null&&a.length<c;){if(n.nodeType===1){if(n.hasAttributes())for(const h of n.getAttributeNames())if(h.endsWith(kt)){const g=p[r++],f=n.getAttribute(h).split(v),m=/([.?@])?(.*)/.exec(g);a.push({type:1,index:o,name:m[2],strings:f,ctor:m[1]==="."?Ae:m[1]==="?"?Ee:m[1]==="@"?Se:W}),n.removeAttribute(h)}else h.startsWith(v)&&(a.push({type:6,index:o}),n.removeAttribute(h));if(Tt.test(n.tagName)){const h=n.textContent.split(v),g=h.length-1;if(g>0){n.textContent=F?F.emptyScript:"";for(let f=0;f<g;f++)n.append(h[f],U()),_.nextNode(),a.push({type:2,index:++o});n.append(h[g],U())}}}else if(n.nodeType===8)if(n.data===_t)a.push({type:2,index:o});else{let h=-1;for(;(h=n.data.indexOf(v,h+1))!==-1;)a.push({type:7,index:o}),h+=v.length-1}o++}}static createElement(t,e){const i=w.createElement("template");return i.innerHTML=t,i}}function z(s,t,e=s,i){if(t===b)return t;let n=i!==void 0?e._$Co?.[i]:e._$Cl;const o=L(t)?void 0:t._$litDirective$;return n?.constructor!==o&&(n?._$AO?.(!1),o===void 0?n=void 0:(n=new o(s),n._$AT(s,e,i)),i!==void 0?(e._$Co??=[])[i]=n:e._$Cl=n),n!==void 0&&(t=z(s,n._$AS(s,t.values),n,i)),t}class xe{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){const{el:{content:e},parts:i}=this._$AD,n=(t?.creationScope??w).importNode(e,!0);_.currentNode=n;let o=_.nextNode(),r=0,c=0,a=i[0];for(;a!==void 0;){if(r===a.index){let d;a.type===2?d=new M(o,o.nextSibling,this,t):a.type===1?d=new a.ctor(o,a.name,a.strings,this,t):a.type===6&&(d=new Te(o,this,t)),this._$AV.push(d),a=i[++c]}r!==a?.index&&(o=_.nextNode(),r++)}return _.currentNode=w,n}p(t){let e=0;for(const i of this._$AV)i!==void 0&&(i.strings!==void 0?(i._$AI(t,i,e),e+=i.strings.length-2):i._$AI(t[e])),e++}}class M{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,i,n){this.type=2,this._$AH=u,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=i,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode;const e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=z(this,t,e),L(t)?t===u||t==null||t===""?(this._$AH!==u&&this._$AR(),this._$AH=u):t!==this._$AH&&t!==b&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):we(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==u&&L(this._$AH)?this._$AA.nextSibling.data=t:this.T(w.createTextNode(t)),this._$AH=t}$(t){const{values:e,_$litType$:i}=t,n=typeof i=="number"?this._$AC(t):(i.el===void 0&&(i.el=j.createElement(zt(i.h,i.h[0]),this.options)),i);if(this._$AH?._$AD===n)this._$AH.p(e);else{const o=new xe(n,this),r=o.u(this.options);o.p(e),this.T(r),this._$AH=o}}_$AC(t){let e=Ot.get(t.strings);return e===void 0&&Ot.set(t.strings,e=new j(t)),e}k(t){Q(this._$AH)||(this._$AH=[],this._$AR());const e=this._$AH;let i,n=0;for(const o of t)n===e.length?e.push(i=new M(this.O(U()),this.O(U()),this,this.options)):i=e[n],i._$AI(o),n++;n<e.length&&(this._$AR(i&&i._$AB.nextSibling,n),e.length=n)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){const i=yt(t).nextSibling;yt(t).remove(),t=i}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}}class W{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,i,n,o){this.type=1,this._$AH=u,this._$AN=void 0,this.element=t,this.name=e,this._$AM=n,this.options=o,i.length>2||i[0]!==""||i[1]!==""?(this._$AH=Array(i.length-1).fill(new String),this.strings=i):this._$AH=u}_$AI(t,e=this,i,n){const o=this.strings;let r=!1;if(o===void 0)t=z(this,t,e,0),r=!L(t)||t!==this._$AH&&t!==b,r&&(this._$AH=t);else{const c=t;let a,d;for(t=o[0],a=0;a<o.length-1;a++)d=z(this,c[i+a],e,a),d===b&&(d=this._$AH[a]),r||=!L(d)||d!==this._$AH[a],d===u?t=u:t!==u&&(t+=(d??"")+o[a+1]),this._$AH[a]=d}r&&!n&&this.j(t)}j(t){t===u?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}}class Ae extends W{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===u?void 0:t}}class Ee extends W{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==u)}}class Se extends W{constructor(t,e,i,n,o){super(t,e,i,n,o),this.type=5}_$AI(t,e=this){if((t=z(this,t,e,0)??u)===b)return;const i=this._$AH,n=t===u&&i!==u||t.capture!==i.capture||t.once!==i.once||t.passive!==i.passive,o=t!==u&&(i===u||n);n&&this.element.removeEventListener(this.name,this,i),o&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}}class Te{constructor(t,e,i){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=i}get _$AU(){return this._$AM._$AU}_$AI(t){z(this,t)}}const Ce={I:M},Oe=Z.litHtmlPolyfillSupport;Oe?.(j,M),(Z.litHtmlVersions??=[]).push("3.3.3");const ze=(s,t,e)=>{const i=e?.renderBefore??t;let n=i._$litPart$;if(n===void 0){const o=e?.renderBefore??null;i._$litPart$=n=new M(t.insertBefore(U(),o),o,void 0,e??{})}return n._$AI(s),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const et=globalThis;let H=class extends O{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){const e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=ze(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return b}};H._$litElement$=!0,H.finalized=!0,et.litElementHydrateSupport?.({LitElement:H});const Me=et.litElementPolyfillSupport;Me?.({LitElement:H}),(et.litElementVersions??=[]).push("4.2.2");const Pe={title:"Stillnight",tagline:"مساعد آلي للتثقيف، وليس طبيبًا.",open:"أسئلة عن تململ الساقين؟ اسأل المساعد",close:"إغلاق المحادثة",menu:"المزيد",emergency:"في حالة الطوارئ، اتصل برقم الطوارئ المحلي، أو اطلب ذلك ممن حولك.",emergencyNumbers:"أرقام الطوارئ",conversation:"المحادثة",you:"قلتَ:",assistant:"قال Stillnight:",message:"رسالتك",placeholder:"سؤالك",send:"إرسال",keys:"زر الإدخال يرسل رسالتك. مع Shift يبدأ سطرًا جديدًا.",suggestions:"اقتراحات",sources:"المصادر",newTab:"(يفتح في علامة تبويب جديدة)",writing:"Stillnight يكتب.",helpful:"هل كان هذا مفيدًا؟",yes:"نعم",no:"لا",thanks:"شكرًا لك.",whyNot:"ما الذي كان ينقص؟",copy:"نسخ",print:"طباعة الصفحة",pdf:"حفظ كملف PDF",table:"حفظ كجدول (CSV)",copied:"تم النسخ.",download:"تنزيل هذه المحادثة",again:"ابدأ من جديد",data:"تنزيل بياناتي",privacy:"ما الذي يُحفظ ومن يراه",forget:"انسَني",forgetAsk:"هل تريد حذف هذه المحادثة هنا وعلى الخادم؟ لا يمكن استعادتها.",forgetYes:"احذفها",forgetNo:"أبقِها",forgotten:"حُذف كل ما في هذه المحادثة.",remember:"تذكّر هذه المحادثة على هذا الجهاز",resumed:"محادثتك مستمرة.",restarted:"المحادثة القديمة لم تعد موجودة، فبدأت محادثة جديدة.",offline:"لا يمكن الوصول إليّ الآن. رسالتك محفوظة وستُرسل عند عودتي.",busy:"كان ذلك كثيرًا دفعة واحدة. رسالتك محفوظة وستُرسل بعد لحظة.",failed:"عذرًا، تعذّر إرسال تلك الرسالة.",retry:"حاول مرة أخرى",long:"رسالتك أصبحت طويلة.",tooLong:"أطول مما أستطيع قراءته: من فضلك اختصرها.",counted:"{count} من {most}",unread:"{count} جديد",away:"لا يمكن الوصول إليّ الآن. سأواصل المحاولة.",emergencyCall:"الطوارئ",or:"أو",elsewhere:"تغيير البلد",clinic:"عيادتك:",tell:"إرسال",skip:"تخطٍّ",notForgotten:"لا يمكن الوصول إليّ الآن، لذلك لم يُحذف شيء بعد. حاول مرة أخرى من فضلك.",notLoaded:"لا يمكن الوصول إليّ الآن. حاول مرة أخرى من فضلك.",tooOld:"هذه المحادثة قديمة ولم أعد أجدها. نسيتُها هنا، لكن ما على الخادم لم يمكن حذفه من هنا. اسأل العيادة من فضلك.",crowded:"كثيرون يسألون الآن. سأحاول مرة أخرى بعد لحظة.",unsent:"لم تُرسل بعد.",notKept:"هذا المتصفح لا يحفظ شيئًا، لذلك لا يمكن تذكّر هذه المحادثة.",urgentWaiting:"من فضلك اقرأ رسالتك الجديدة."},Mt={title:"Stillnight",tagline:"An automated assistant for education, not a doctor.",open:"Questions about restless legs? Ask the assistant",close:"Close the chat",menu:"More",emergency:"Emergency? Call your local emergency number, or ask someone near you to.",emergencyNumbers:"Emergency numbers",conversation:"Conversation",you:"You said:",assistant:"Stillnight said:",message:"Your message",placeholder:"Your question",send:"Send",keys:"Enter sends your message. Shift and Enter starts a new line.",suggestions:"Suggestions",sources:"Sources",newTab:"(opens in a new tab)",writing:"Stillnight is writing.",helpful:"Was this helpful?",yes:"Yes",no:"No",thanks:"Thank you.",whyNot:"What was missing?",copy:"Copy",print:"Print the page",pdf:"Save as PDF",table:"Save as a table (CSV)",copied:"Copied.",download:"Download this chat",again:"Start again",data:"Download my data",privacy:"What is kept, and who sees it",forget:"Forget me",forgetAsk:"Delete this chat here and on the server? It cannot be brought back.",forgetYes:"Delete it",forgetNo:"Keep it",forgotten:"Everything in this chat has been deleted.",remember:"Remember this chat on this device",resumed:"Your chat continues.",restarted:"The old chat is no longer there, so a new one has begun.",offline:"I cannot be reached just now. Your message is kept, and sent when I am back.",busy:"That was a lot at once. Your message is kept, and sent in a moment.",failed:"Sorry, that message could not be sent.",retry:"Try again",long:"Your message is getting long.",tooLong:"Too long for me to read: please shorten it.",counted:"{count} of {most}",unread:"{count} new",away:"I cannot be reached just now. I will keep trying.",emergencyCall:"Emergency",or:"or",elsewhere:"Change country",clinic:"Your clinic:",tell:"Send",skip:"Skip",notForgotten:"I cannot be reached just now, so nothing was deleted yet. Please try again.",notLoaded:"I cannot be reached just now. Please try again.",tooOld:"This chat is too old for me to find. I forgot it here, but what is on the server could not be deleted from here. Please ask the clinic.",crowded:"Many people are asking just now. I will try again in a moment.",unsent:"Not sent yet.",notKept:"This browser keeps nothing, so this chat cannot be remembered.",urgentWaiting:"Please read your new message."},Pt={en:Mt,ar:Pe},Ne=new Set(["ar","fa","he","ur"]);function x(s){const t=Rt(s),e=Object.hasOwn(Pt,t)?Pt[t]:void 0;return e?{lang:t,words:e}:{lang:"en",words:Mt}}function A(s){return Ne.has(Rt(s))?"rtl":"ltr"}function Nt(s,t){return s.replace(/\{(\w+)\}/g,(e,i)=>String(t[i]??""))}function Rt(s){return s.toLowerCase().split("-")[0]??""}const Re=45e3,Ue="application/x-ndjson";class E extends Error{constructor(t=!1){super("unreachable"),this.failed=t}}class S extends Error{constructor(t,e){super(`refused with ${t}`),this.status=t,this.wait=e}get isForgotten(){return this.status===401}get isUnknown(){return this.status===404}get isTooMany(){return this.status===429}}class Le{constructor(t,e,i){this.base=t,this.tokens=e,this.country=i}async start(){return await(await this.call("POST","/session",{token:null})).json()}async history(t){try{return(await(await this.call("GET","/history",{token:t})).json()).messages}catch(e){if(e instanceof S&&e.isForgotten)return this.tokens.lose(t),null;throw e}}async send(t,e,i){const n=t.choice===void 0?{text:t.text}:{choice:t.choice},o=await this.call("POST","/messages",{body:{...n,country:this.country()},headers:{"Idempotency-Key":t.key,Accept:Ue},signal:i});let r=!1;for await(const c of je(o))e(De(c)),r=!0;if(!r)throw new E(!0)}async feedback(t,e,i){await this.call("POST","/feedback",{body:{message:t,helpful:e,reason:i}})}async copied(t){return(await this.call("GET",`/${t}`)).blob()}async pdf(){return(await this.call("GET","/summary")).blob()}print(){const t=document.createElement("form");t.method="post",t.action=`${this.base}/summary`,t.target="_blank",t.rel="noopener noreferrer";const e=document.createElement("input");e.type="hidden",e.name="token",e.value=this.tokens.token??"",t.append(e),document.body.append(t),t.submit(),t.remove()}async numbers(){const t=this.country(),e=t===void 0?"":`?${new URLSearchParams({country:t})}`;return await(await this.call("GET",`/numbers${e}`)).json()}async forget(){let t=!0;for(const e of this.tokens.all)try{await this.call("DELETE","/session",{token:e})}catch(i){if(!(i instanceof S&&i.isForgotten))throw i;t=!1}return t}async call(t,e,i={}){const{body:n,headers:o,token:r=this.tokens.token,signal:c}=i,a=new AbortController,d=setTimeout(()=>a.abort(),Re);c?.addEventListener("abort",()=>a.abort(),{signal:a.signal});let p;try{p=await fetch(this.base+e,{method:t,credentials:"omit",referrerPolicy:"no-referrer",headers:{...o,...n===void 0?{}:{"Content-Type":"application/json"},...r===null?{}:{Authorization:`Bearer ${r}`}},...n===void 0?{}:{body:JSON.stringify(n)},signal:a.signal})}catch{throw clearTimeout(d),new E}if(p.status>=500)throw new E(p.status===500);if(!p.ok)throw new S(p.status,Number(p.headers.get("Retry-After"))||0);return p}}function De(s){let t=null;try{t=JSON.parse(s)}catch{}if(typeof t?.id!="string"||typeof t.text!="string")throw new E(!0);return{lang:"en",buttons:[],sources:[],contacts:[],images:[],urgent:!1,...t}}async function*je(s){const t=s.body?.pipeThrough(new TextDecoderStream).getReader();if(!t)return;let e="";for(;;){let i;try{i=await t.read()}catch{throw new E}e+=i.value??"";const n=e.split(`
`);if(e=n.pop()??"",yield*n.filter(o=>o!==""),i.done){if(e!=="")throw new E;return}}}function st(s,t){const e=new Set(s.map(o=>o.id)),i=s.map(o=>o.from==="patient"?{from:"patient",key:o.id,text:o.text,state:"sent"}:{from:"assistant",answer:o,live:!1}),n=t.filter(o=>!e.has(o.key)).map(({key:o,text:r})=>({from:"patient",key:o,text:r,state:"waiting"}));return[...i,...n]}function Ut(s,t){return s.map(e=>{const i=e.from==="assistant"?t.get(e.answer.id):void 0;return e.from==="assistant"&&i?{...e,judged:i}:e})}function Lt(s){return s.map(t=>({from:"assistant",answer:t,live:!0}))}function it(s){const t=s.map(e=>e.from);return s.slice(t.lastIndexOf("patient")+1).filter(e=>e.from==="assistant")}function He(s,t){return[...s.filter(e=>!nt(e)),...Lt(t),...s.filter(nt)]}function Ie(s,t){if(s.some(n=>n.from==="assistant"&&n.answer.id===t.id))return s;const e=s.findIndex(nt),i=e<0?s.length:e;return[...s.slice(0,i),...Lt([t]),...s.slice(i)]}function Dt(s,t,e){return s.map(i=>i.from==="patient"&&i.key===t?{...i,state:e}:i)}function Be(s){return s.map(t=>t.from==="assistant"?{...t,live:!1}:t)}function qe(s){return new Map(s.flatMap(t=>t.from==="assistant"&&t.judged?[[t.answer.id,t.judged]]:[]))}function nt(s){return s.from==="patient"&&s.state==="waiting"}const jt="stillnight.";function P(s){return new Ht(()=>sessionStorage,jt+s)}function Fe(s){return new Ht(()=>localStorage,jt+s)}class Ht{constructor(t,e){this.store=t,this.key=e,this.instead=null}get lasts(){return this.instead===null}get value(){if(this.instead)return this.instead.value;try{return JSON.parse(this.store().getItem(this.key)??"null")}catch{return null}}set value(t){try{t===null?this.store().removeItem(this.key):this.store().setItem(this.key,JSON.stringify(t)),this.instead=null}catch{this.instead={value:t}}}}const ot=2e3,We=3e4,Ve=1e4,Ye=3;function Ge(s){return(It(s).value??[]).length>0}class Ke{constructor(t,e,i){this.client=t,this.listener=e,this.running=!1,this.held=!1,this.current=new AbortController,this.over=Bt(this.current.signal),this.wait=ot,this.tries=0,this.begunAnewFor="",this.again=()=>{clearTimeout(this.timer),this.wait=ot,this.run()},this.kept=It(i),this.waiting=this.kept.value??[],addEventListener("online",this.again)}get messages(){return this.waiting}stop(){removeEventListener("online",this.again),this.hold()}add(t){this.set([...this.waiting,t]),this.run()}clear(){this.giveUp(),this.set([])}hold(){this.held=!0,this.giveUp()}release(){this.held=!1,this.run()}async run(){if(!this.running){this.running=!0;try{for(let t=this.waiting[0];t;t=this.waiting[0])if(!await this.send(t))return}finally{this.running=!1}}}async send(t){if(this.held)return!1;const{signal:e}=this.current;try{await Promise.race([this.listener.begin(),this.over])}catch{return!1}try{e.aborted||await this.client.send(t,i=>this.listener.replied(t,i),e)}catch(i){return e.aborted||this.notSent(t,i)}return e.aborted||(this.wait=ot,this.remove(t),this.listener.trouble(null),this.listener.done(t)),!0}notSent(t,e){return e instanceof E&&!(e.failed&&(this.tries+=1)>=Ye)?(this.later("offline",this.wait),this.wait=Math.min(2*this.wait,We),!1):e instanceof S&&e.isTooMany?(this.later("busy",1e3*e.wait||Ve),!1):e instanceof S&&e.isForgotten&&this.begunAnewFor!==t.key?(this.begunAnewFor=t.key,this.listener.lost(),!0):e instanceof S&&e.isUnknown&&t.choice!==void 0?(this.set(this.waiting.map(i=>i.key===t.key?{key:i.key,text:i.text}:i)),!0):(this.remove(t),this.listener.trouble(null),this.listener.failed(t),!0)}giveUp(){clearTimeout(this.timer),this.current.abort(),this.current=new AbortController,this.over=Bt(this.current.signal)}later(t,e){this.listener.trouble(t),clearTimeout(this.timer),this.timer=setTimeout(()=>void this.run(),e)}remove(t){this.tries=0,this.set(this.waiting.filter(e=>e.key!==t.key))}set(t){this.waiting=t,this.kept.value=t.length?[...t]:null}}function It(s){return P(`outbox.${s}`)}function Bt(s){return new Promise(t=>s.addEventListener("abort",()=>t(),{once:!0}))}class Je{constructor(t,e){this.channel="BroadcastChannel"in globalThis?new BroadcastChannel(`stillnight.${t}`):null,this.channel?.addEventListener("message",({data:i})=>e(i.token,i.done))}tell(t,e){t!==null&&this.channel?.postMessage({token:t,done:e})}close(){this.channel?.close()}}class Xe{constructor(t){this.current=P(`token.${t}`),this.past=P(`past.${t}`),this.wish=P(`remember.${t}`),this.onDevice=Fe(`token.${t}`),(this.onDevice.value?.until??0)<=Date.now()&&(this.onDevice.value=null),this.current.value??=this.onDevice.value}get token(){return this.current.value?.token??null}get isRemembered(){return this.onDevice.lasts&&(this.wish.value===!0||this.hasDevice)}get all(){return[...this.past.value??[],this.current.value].flatMap(t=>t?[t.token]:[])}keep(t,e){this.current.value={token:t,until:Date.now()+1e3*e},this.wish.value&&this.remember(!0)}leave(){const{current:t,past:e}=this;e.value=[...e.value??[],...t.value?[t.value]:[]],t.value=null}lose(t){this.token===t&&(this.current.value=null),this.onDevice.value?.token===t&&(this.onDevice.value=null);const e=this.past.value?.filter(i=>i.token!==t);this.past.value=e?.length?e:null}drop(){const t=this.all;this.onDevice.value&&t.includes(this.onDevice.value.token)&&(this.onDevice.value=null);for(const e of[this.current,this.past,this.wish])e.value=null}remember(t){const{hasDevice:e}=this;this.wish.value=t||null,(t||e)&&(this.onDevice.value=t?this.current.value:null)}get hasDevice(){return this.token!==null&&this.onDevice.value?.token===this.token}}const Ze=2e3,Qe=500,rt=5e3,ts=3e4;class es{constructor(t,e){this.host=e,this.entries=[],this.trouble=null,this.numbers=null,this.spoken="",this.burst="",this.quiet=!1,this.begun=null,this.round=0,this.wait=rt,this.waits=!1,this.stale=!1,this.timers={slow:void 0,later:void 0,settled:void 0},this.tokens=new Xe(t),this.typed=P(`draft.${t}`),this.known=P(`numbers.${t}`),this.numbers=this.known.value,this.client=new Le(t,this.tokens,()=>e.country()),this.outbox=new Ke(this.client,{begin:()=>this.begin(),replied:(i,n)=>this.replied(i,n),done:()=>this.done(),failed:i=>this.failed(i),lost:()=>this.lost(),trouble:i=>this.troubled(i)},t),this.tabs=new Je(t,(i,n)=>void this.elsewhere(i,n))}get isRemembered(){return this.tokens.isRemembered}get draft(){return this.typed.value??""}set draft(t){this.typed.value=t||null,this.host.changed()}get writing(){return this.waits}set writing(t){this.waits=t,clearTimeout(this.timers.slow),!t&&this.spoken===this.host.strings().writing&&(this.spoken=""),t&&(this.timers.slow=setTimeout(()=>this.say(this.host.strings().writing),Ze))}begin(){const{round:t}=this;return this.begun===null&&this.entries.length===0&&(this.entries=st([],this.outbox.messages),this.writing=!0,this.host.changed()),this.begun??=this.resumed(t).catch(e=>{throw t===this.round&&(this.begun=null,this.notBegun(e)),e}),this.begun}send(t,e){const i={key:ss(),text:t,...e===void 0?{}:{choice:e}};this.outbox.messages.length===0&&(this.burst=i.key);const n=this.entries.filter(o=>o.from!=="note"||!o.passing);this.entries=[...n,{from:"patient",key:i.key,text:t,state:"waiting"}],this.spoken="",this.writing=!0,this.host.changed(),this.outbox.add(i)}sendAgain({key:t,text:e}){this.entries=this.entries.filter(i=>i.from!=="patient"||i.key!==t),this.send(e)}retry(){this.wait=rt,this.resume()}async judge(t,e,i){const n=e||i!==void 0?"done":"missing";this.entries=Ut(this.entries,new Map([[t.id,n]])),this.host.changed(),await this.client.feedback(t.id,e,i||void 0).catch(()=>this.warn(this.host.strings().notLoaded))}remember(t){this.tokens.remember(t),this.host.changed(),t&&!this.tokens.isRemembered&&this.warn(this.host.strings().notKept)}copied(t){return this.client.copied(t)}pdf(){return this.client.pdf()}print(){this.client.print()}async startAgain(){this.outbox.clear(),this.reset(),this.tokens.leave(),await this.begin()}async forget(){const{all:t}=this.tokens,e=new Set(this.outbox.messages);this.outbox.hold();let i;try{i=await this.client.forget()}catch(o){throw this.outbox.release(),o}const n=this.outbox.messages.filter(o=>!e.has(o));t.forEach(o=>this.tabs.tell(o,"forgotten")),this.empty(i?this.host.strings().forgotten:this.host.strings().tooOld),this.outbox.release(),n.forEach(({text:o})=>this.send(o))}warn(t){this.leave({from:"note",text:t,passing:!0})}say(t){this.spoken=t===this.spoken?`${t} `:t,this.host.changed()}rest(){this.entries=Be(this.entries),this.spoken=""}stop(){this.round+=1,this.outbox.stop(),this.tabs.close(),Object.values(this.timers).forEach(clearTimeout)}async resumed(t){const{token:e}=this.tokens;this.renumber();const i=e===null?null:await this.client.history(e),n=i?.length?null:await this.client.start();t===this.round&&this.put(i??[],n)}put(t,e){e?(this.tokens.keep(e.token,e.seconds),this.entries=He(this.entries,e.messages),this.renumber()):(this.quiet=!0,this.timers.settled=setTimeout(()=>{this.quiet=!1,this.say(this.host.strings().resumed)},Qe),this.entries=st(t,this.outbox.messages)),this.wait=rt,this.trouble=null,this.writing=this.outbox.messages.length>0,this.host.changed(),this.outbox.again()}notBegun(t){const e=t instanceof S&&t.isTooMany,{wait:i}=this;this.wait=Math.min(2*this.wait,ts),this.writing=!1,this.trouble=e?"crowded":"offline",this.say(e?this.host.strings().crowded:this.host.strings().away),clearTimeout(this.timers.later),this.timers.later=setTimeout(()=>{(this.host.watched()||this.outbox.messages.length)&&this.resume()},i)}resume(){this.begin().then(()=>this.outbox.again(),()=>{})}async renumber(){const{round:t}=this,e=await this.client.numbers().catch(()=>this.numbers);t===this.round&&(this.numbers=e,this.known.value=at(e),this.host.changed())}reset(){this.round+=1,Object.values(this.timers).forEach(clearTimeout),this.begun=null,this.writing=!1,this.quiet=!1,this.stale=!1,this.trouble=null,this.entries=[],this.numbers=at(this.numbers)}empty(t){this.outbox.clear(),this.reset(),this.tokens.drop(),this.known.value=null,this.draft="",this.leave({from:"note",text:t})}lost(){const{token:t}=this.tokens;t!==null&&this.tokens.lose(t),this.begun=null,this.numbers=at(this.numbers),this.leave({from:"note",text:this.host.strings().restarted})}leave(t){this.entries=[...this.entries,t],this.host.changed()}async elsewhere(t,e){if(t!==this.tokens.token)return;if(e==="forgotten"){this.empty(this.host.strings().forgotten);return}const{round:i}=this;if(this.stale=this.outbox.messages.length>0,this.stale||this.begun===null)return;const n=await this.client.history(t).catch(()=>null);i===this.round&&n!==null&&(this.stale=this.outbox.messages.length>0,this.stale||(this.entries=Ut(st(n,[]),qe(this.entries)),this.host.changed()))}replied(t,e){const i=Dt(this.entries,t.key,"sent");this.entries=Ie(i,e),this.entries!==i&&this.host.answered(e),this.host.changed()}done(){it(this.entries).some(({answer:e})=>e.contacts.length)&&this.renumber();const{token:t}=this.tokens;this.tabs.tell(t,"changed"),this.writing=this.outbox.messages.length>0,this.host.changed(),this.stale&&t!==null&&this.elsewhere(t,"changed")}failed(t){this.entries=Dt(this.entries,t.key,"failed"),this.writing=this.outbox.messages.length>0,this.say(this.host.strings().failed)}troubled(t){const e=t!==null&&t!==this.trouble;this.trouble=t,this.writing=t===null&&this.outbox.messages.length>0,e&&this.say(this.host.strings()[t]),this.host.changed()}}function at(s){return s&&{...s,change:null}}function ss(){return Array.from(crypto.getRandomValues(new Uint8Array(16)),s=>s.toString(16).padStart(2,"0")).join("")}function is(s,t){const e=t.style.color;t.style.color="",t.style.color=s;const i=t.style.color&&getComputedStyle(t).color;t.style.color=e;const n=i?ns(i):null;if(n===null)return null;const[o=0,r=0,c=0]=n.map(d=>os(d/255)),a=.2126*o+.7152*r+.0722*c;return 1.05/(a+.05)>=(a+.05)/.05?"#fff":"#000"}function ns(s){const t=/^rgb\((\d+), (\d+), (\d+)\)$/.exec(s);if(t)return t.slice(1).map(Number);const e=document.createElement("canvas").getContext("2d");if(e===null||s.startsWith("rgba"))return null;e.fillStyle=s,e.fillRect(0,0,1,1);const[i=0,n=0,o=0,r]=e.getImageData(0,0,1,1).data;return r===255?[i,n,o]:null}function os(s){return s<=.04045?s/12.92:((s+.055)/1.055)**2.4}const qt=/^(tel|sms):[+0-9*#,;a-z=?&.-]+$/i,rs=/^[^\n\d]{1,12}$/,as=/^ \([^()\n]+\)/,ls=new Set(["svg","g","rect","line","path","text","tspan","title","desc","polygon","circle"]),cs=/^(?:[a-z-]+|viewBox|preserveAspectRatio|textLength|lengthAdjust)$/,hs=/^on|^style$|^xmlns$|href$/,us=/url\(|javascript:/i,Ft=new WeakMap;function Wt(s,t){const e=[s];for(const i of t)for(let n=e.length-1;n>=0;n-=1){const o=e[n],r=typeof o=="string"?o.lastIndexOf(i.say):-1;if(typeof o=="string"&&r>=0&&qt.test(i.href)){e.splice(n,1,o.slice(0,r),Vt(i),o.slice(r+i.say.length));break}}return ds(e)}function ds(s){const t=[];let e=[];const i=n=>{t.push(l`<span class="reach">${e}${n&&l` <span class="whose">${n.trim()}</span>`}</span>`),e=[]};return s.forEach((n,o)=>{if(typeof n!="string")e.push(n);else if(e.length===0)t.push(n);else if(o<s.length-1&&rs.test(n))e.push(n);else{const r=as.exec(n)?.[0]??"";i(r),t.push(n.slice(r.length))}}),t}function Vt({say:s,href:t}){return qt.test(t)?l`<a class="number" href=${t}>${s}</a>`:l`${s}`}function Yt(s){const t=Gt(s);return t!==null?l`<a href=${t} target="_blank" rel="noopener noreferrer">${s.replace(/^https?:\/\//,"")}</a>`:/^[^\s@:/?&]+@[^\s@:/?&]+\.[a-z]+$/i.test(s)?l`<a href=${`mailto:${s}`}>${s}</a>`:/^\+?[\d\s()./-]{6,24}$/.test(s)?l`<a href=${`tel:${s.replace(/[^\d+]/g,"")}`}>${s}</a>`:l`${s}`}function Gt(s){return s!==null&&/^https?:\/\//i.test(s)?s:null}function ps(s){let t=Ft.get(s)??null;try{t??=fs(s)}catch{}return Ft.set(s,t),t}function fs(s){const t=new DOMParser().parseFromString(s.svg,"image/svg+xml").documentElement,e=t.localName==="svg"?Kt(t):null;return e?.setAttribute("role","img"),e?.setAttribute("aria-label",s.alt),e}function Kt(s){if(!ls.has(s.localName))return null;const t=document.createElementNS("http://www.w3.org/2000/svg",s.localName);for(const{name:e,value:i}of s.attributes)cs.test(e)&&!hs.test(e)&&!us.test(i)&&t.setAttribute(e,i);for(const e of s.childNodes)if(e.nodeType===Node.TEXT_NODE)t.append(e.textContent??"");else if(e.nodeType===Node.ELEMENT_NODE){const i=Kt(e);i!==null&&t.append(i)}return t}const N=2e3,lt=1800;function gs(s){return l`${ms(s)} ${bs(s)} ${$s(s)}
    <p class="unseen" role="status">${s.talk.spoken}</p>`}function ms(s){const{talk:t,words:e,contact:i}=s;if(t.trouble===null)return u;const o=t.entries.some(r=>r.from==="patient"&&r.state==="waiting")?e.offline:e.away;return l`<div class="trouble">
    <p>${t.trouble==="offline"?o:e[t.trouble]}</p>
    ${i?l`<p>${e.clinic} ${Yt(i)}</p>`:u}
    <button type="button" @click=${()=>s.retry()}>${e.retry}</button>
  </div>`}function bs(s){const{words:t,talk:e}=s,i=V(e.draft),[n,o]=[i>lt,i>N];return l`<div class="composer">
    <div class="field">
      <textarea
        rows="1"
        dir="auto"
        autocomplete="off"
        enterkeyhint="send"
        aria-label=${t.message}
        aria-describedby=${n?"keys counter":"keys"}
        aria-invalid=${o}
        placeholder=${t.placeholder}
        .value=${e.draft}
        @input=${r=>vs(s,r.target)}
        @keydown=${r=>{r.key==="Enter"&&!r.shiftKey&&!ks(r)&&(r.preventDefault(),Jt(s))}}
      ></textarea>
      <button class="send" type="button" @click=${()=>Jt(s)}>${t.send}</button>
    </div>
    <p id="keys" hidden>${t.keys}</p>
    <p id="counter" class="counter ${o?"over":""}" ?hidden=${!n}>
      ${o?t.tooLong:t.long} ${Nt(t.counted,{count:i,most:N})}
    </p>
  </div>`}function $s(s){const{words:t,talk:e,lang:i}=s,n=e.numbers,o=n?.change,r=n!==null&&n.country!==null&&n.contacts.length>0,c=n?.contacts.map((p,h)=>l`${h?` ${t.or} `:""}${Vt(p)}`),a=r?ys(n.country,i):"",d=r?t.elsewhere:t.emergencyNumbers;return l`<p class="emergency">
    ${r?l`<span>${t.emergencyCall}${a?` (${a})`:""}:</span> <span class="reach">${c}</span>`:l`<span>${t.emergency}</span>`}
    ${o?l`<button type="button" @click=${()=>s.send(d,o.choice)}>${d}</button>`:u}
  </p>`}function vs(s,t){const{talk:e,words:i}=s,[n,o]=[V(e.draft),V(t.value)];e.draft=t.value,o>N&&n<=N?e.say(i.tooLong):o>lt&&n<=lt&&e.say(i.long)}function ys(s,t){try{return new Intl.DisplayNames([t],{type:"region",style:"short",fallback:"none"}).of(s??"")??""}catch{return""}}function ws(s){CSS.supports("field-sizing","content")||(s.style.blockSize="auto",s.style.blockSize=`${s.scrollHeight}px`)}function Jt(s){const t=s.talk.draft.trim();t&&V(t)<=N&&(s.talk.draft="",s.send(t))}function ks(s){return s.isComposing||s.keyCode===229}function V(s){return Array.from(s).length}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const T={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4},Xt=s=>(...t)=>({_$litDirective$:s,values:t});let Zt=class{constructor(t){}get _$AU(){return this._$AM._$AU}_$AT(t,e,i){this._$Ct=t,this._$AM=e,this._$Ci=i}_$AS(t,e){return this.update(t,e)}update(t,e){return this.render(...e)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{I:_s}=Ce,Qt=s=>s,xs=s=>s.strings===void 0,te=()=>document.createComment(""),I=(s,t,e)=>{const i=s._$AA.parentNode,n=t===void 0?s._$AB:t._$AA;if(e===void 0){const o=i.insertBefore(te(),n),r=i.insertBefore(te(),n);e=new _s(o,r,s,s.options)}else{const o=e._$AB.nextSibling,r=e._$AM,c=r!==s;if(c){let a;e._$AQ?.(s),e._$AM=s,e._$AP!==void 0&&(a=s._$AU)!==r._$AU&&e._$AP(a)}if(o!==n||c){let a=e._$AA;for(;a!==o;){const d=Qt(a).nextSibling;Qt(i).insertBefore(a,n),a=d}}}return e},C=(s,t,e=s)=>(s._$AI(t,e),s),As={},ee=(s,t=As)=>s._$AH=t,Es=s=>s._$AH,ct=s=>{s._$AR(),s._$AA.remove()};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const Ss=Xt(class extends Zt{constructor(s){if(super(s),s.type!==T.PROPERTY&&s.type!==T.ATTRIBUTE&&s.type!==T.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!xs(s))throw Error("`live` bindings can only contain a single expression")}render(s){return s}update(s,[t]){if(t===b||t===u)return t;const e=s.element,i=s.name;if(s.type===T.PROPERTY){if(t===e[i])return b}else if(s.type===T.BOOLEAN_ATTRIBUTE){if(!!t===e.hasAttribute(i))return b}else if(s.type===T.ATTRIBUTE&&e.getAttribute(i)===t+"")return b;return ee(s),t}}),ht=s=>ke`
  <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round"><path d=${s} /></svg>`,Ts=ht("M20 15a2 2 0 0 1-2 2H8l-4 4V6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2ZM8 9h8M8 13h5"),Cs=ht("M6 6l12 12M18 6L6 18"),Os=ht("M5 12h.01M12 12h.01M19 12h.01");function zs(s){const{words:t,heading:e,menu:i,inline:n}=s;return l`<div class="head">
      <div>
        <h2>${e}</h2>
        <p class="tagline">${t.tagline}</p>
      </div>
      <button
        class="icon more"
        type="button"
        aria-expanded=${i!=="closed"}
        aria-label=${t.menu}
        @click=${()=>s.show(i==="closed"?"open":"closed")}
      >
        ${Os}
      </button>
      ${n?u:l`<button class="icon" type="button" aria-label=${t.close} @click=${()=>s.close()}>
            ${Cs}
          </button>`}
    </div>
    ${i==="open"?Ms(s):i==="forgetting"?Ps(s):u}`}function Ms(s){const{words:t,talk:e,contact:i}=s;return l`<div class="menu" role="group" aria-label=${t.menu}>
    <button type="button" @click=${()=>s.download("transcript")}>${t.download}</button>
    <button type="button" @click=${()=>s.startAgain()}>${t.again}</button>
    <button type="button" @click=${()=>s.show("forgetting")}>${t.forget}</button>
    <button type="button" @click=${()=>s.download("export")}>${t.data}</button>
    <a href=${s.privacy} target="_blank" rel="noopener">${t.privacy}</a>
    <label>
      <input
        type="checkbox"
        .checked=${Ss(e.isRemembered)}
        @change=${n=>e.remember(n.target.checked)}
      />
      <span>${t.remember}</span>
    </label>
    ${i?l`<p>${t.clinic} ${Yt(i)}</p>`:u}
  </div>`}function Ps(s){const{words:t}=s;return l`<div class="menu confirm" role="group" aria-label=${t.forget}>
    <p>${t.forgetAsk}</p>
    <button class="danger" type="button" @click=${()=>s.forget()}>${t.forgetYes}</button>
    <button class="keep" type="button" @click=${()=>s.show("closed")}>${t.forgetNo}</button>
  </div>`}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const se=(s,t,e)=>{const i=new Map;for(let n=t;n<=e;n++)i.set(s[n],n);return i},Ns=Xt(class extends Zt{constructor(s){if(super(s),s.type!==T.CHILD)throw Error("repeat() can only be used in text expressions")}dt(s,t,e){let i;e===void 0?e=t:t!==void 0&&(i=t);const n=[],o=[];let r=0;for(const c of s)n[r]=i?i(c,r):r,o[r]=e(c,r),r++;return{values:o,keys:n}}render(s,t,e){return this.dt(s,t,e).values}update(s,[t,e,i]){const n=Es(s),{values:o,keys:r}=this.dt(t,e,i);if(!Array.isArray(n))return this.ut=r,o;const c=this.ut??=[],a=[];let d,p,h=0,g=n.length-1,f=0,m=o.length-1;for(;h<=g&&f<=m;)if(n[h]===null)h++;else if(n[g]===null)g--;else if(c[h]===r[f])a[f]=C(n[h],o[f]),h++,f++;else if(c[g]===r[m])a[m]=C(n[g],o[m]),g--,m--;else if(c[h]===r[m])a[m]=C(n[h],o[m]),I(s,a[m+1],n[h]),h++,m--;else if(c[g]===r[f])a[f]=C(n[g],o[f]),I(s,n[h],n[g]),g--,f++;else if(d===void 0&&(d=se(r,f,m),p=se(c,h,g)),d.has(c[h]))if(d.has(c[g])){const $=p.get(r[f]),dt=$!==void 0?n[$]:null;if(dt===null){const he=I(s,n[h]);C(he,o[f]),a[f]=he}else a[f]=C(dt,o[f]),I(s,n[h],dt),n[$]=null;f++}else ct(n[g]),g--;else ct(n[h]),h++;for(;f<=m;){const $=I(s,a[m+1]);C($,o[f]),a[f++]=$}for(;h<=g;){const $=n[h++];$!==null&&ct($)}return this.ut=r,ee(s,a),b}}),Rs=500;function Us(s){const{talk:t,words:e,greeting:i}=s;return l`<div
    class="log"
    role="log"
    aria-live=${t.quiet?"off":"polite"}
    aria-label=${e.conversation}
    tabindex="0"
  >
    ${i?l`<p class="note">${i}</p>`:u} ${Ns(t.entries,Ds,n=>js(s,n))}
    ${t.writing?Ls:Ks(s)}
  </div>`}const Ls=l`<div class="message told" aria-hidden="true">
  <p class="bubble typing"><i></i><i></i><i></i></p>
</div>`;function Ds(s){switch(s.from){case"note":return s.text;case"patient":return s.key;case"assistant":return s.answer.id}}function js(s,t){switch(t.from){case"note":return l`<p class="note">${t.text}</p>`;case"patient":return Hs(s,t);case"assistant":return Bs(s,t)}}function Hs({words:s,talk:t},e){const{text:i,state:n}=e,o=e.key===(t.burst||Is(t.entries))?"newest":"";return l`<div class="message asked ${n} ${o}" tabindex="-1" aria-live="off">
    <p class="bubble"><span class="unseen">${s.you} </span><span class="text" dir="auto">${i}</span></p>
    ${n==="waiting"&&t.trouble?l`<p class="note">${s.unsent}</p>`:u}
    ${n==="failed"?l`<p class="note failed">
          ${s.failed} <button type="button" @click=${()=>t.sendAgain(e)}>${s.retry}</button>
        </p>`:u}
  </div>`}function Is(s){return s.reduce((t,e)=>e.from==="patient"?e.key:t,"")}function Bs(s,t){const{answer:e,live:i}=t,{words:n,lang:o,talk:r}=s,c=it(r.entries).includes(t);return l`<div
    class="message told ${e.urgent?"urgent":""}"
    role=${e.urgent&&i?"alert":u}
    data-answer=${e.id}
    lang=${e.lang}
  >
    <p class="bubble"><span class="unseen" lang=${o}>${n.assistant} </span>${qs(e)}</p>
    ${e.images.map(a=>l`<div class="picture"><div dir=${A(e.lang)}>${ps(a)??a.alt}</div></div>`)}
    ${e.sheet?Fs(s,e.sheet):u} ${e.file?Ws(s):u}
    <div class="below" lang=${o} dir=${A(o)} aria-live="off">
      ${e.sources.length?Vs(s,e.sources):u}
      ${e.sources.length&&!e.urgent?Ys(s,t,c):u}
    </div>
  </div>`}function qs({text:s,lang:t,lines:e,contacts:i}){return e?.length?e.map(n=>l`<span class="text line" lang=${n.lang} dir="auto">${Wt(n.text,i)}</span>`):l`<span class="text" lang=${t} dir=${A(t)}>${Wt(s,i)}</span>`}function Fs(s,t){const{words:e,lang:i}=s;return l`<div class="paper" lang=${i} dir=${A(i)} aria-live="off">
    <button type="button" @click=${()=>s.print()}>${e.print}<span class="unseen"> ${e.newTab}</span></button>
    <button type="button" @click=${()=>s.pdf(t.file)}>${e.pdf}</button>
  </div>`}function Ws(s){const{words:t,lang:e}=s;return l`<div class="paper" lang=${e} dir=${A(e)} aria-live="off">
    <button type="button" @click=${()=>s.download("diary")}>${t.table}</button>
  </div>`}function Vs({words:s},t){return l`<details>
    <summary>${s.sources}</summary>
    <ul lang="en" dir="ltr">
      ${t.map(({title:e,journal:i,year:n,url:o})=>{const r=Gt(o),c=[i,i?.includes(String(n))?null:n].filter(Boolean).join(", "),a=l`<a href=${r} target="_blank" rel="noopener noreferrer"
          >${e}<span class="unseen"> ${s.newTab}</span></a
        >`;return l`<li>${r===null?e:a} <span class="where">${c}</span></li>`})}
    </ul>
  </details>`}function Ys(s,{answer:t,judged:e},i){const{words:n,copied:o}=s,r=window.isSecureContext?l`<button type="button" @click=${()=>s.copy(t)}>
        ${o===t.id?n.copied:n.copy}
      </button>`:u;return e==="missing"?Gs(s,c=>s.judge(t,!1,c)):e==="done"?l`<span class="thanks" tabindex="-1">${n.thanks}</span> ${r}`:i?l`<span class="helpful" role="group" aria-label=${n.helpful}>
          <span aria-hidden="true">${n.helpful}</span>
          <button type="button" @click=${()=>s.judge(t,!0)}>${n.yes}</button>
          <button type="button" @click=${()=>s.judge(t,!1)}>${n.no}</button>
        </span>
        ${r}`:r}function Gs({words:s},t){const e=i=>{const n=i.target.closest(".reason")?.querySelector("input");t(n?.value.trim()??"")};return l`<div class="reason">
    <label
      >${s.whyNot}
      <input
        type="text"
        dir="auto"
        autocomplete="off"
        maxlength=${Rs}
        @keydown=${i=>{i.key==="Enter"&&!i.isComposing&&e(i)}}
    /></label>
    <button type="button" @click=${e}>${s.tell}</button>
    <button type="button" @click=${()=>t("")}>${s.skip}</button>
  </div>`}function Ks(s){const t=it(s.talk.entries).map(({answer:e})=>e);return t.some(e=>e.buttons.length)?l`<div class="choices" role="group" aria-label=${s.words.suggestions} aria-live="off">
    ${t.map(({lang:e,buttons:i})=>i.map(({title:n,choice:o})=>l`<button type="button" lang=${e} dir=${A(e)} @click=${()=>s.send(n,o)}>${n}</button>`))}
  </div>`:u}const ie="(max-width: 29.99em), (max-height: 24em)";class Js{constructor(t,e){this.host=t,this.closed=e,this.small=matchMedia(ie),this.dialog=null,this.overflow=null,this.again=()=>{const i=this.dialog!==null&&(this.small.matches||document.querySelector("dialog:modal")!==null),n=this.host.shadowRoot?.activeElement;this.dialog?.close(),i?this.dialog?.showModal():this.dialog?.show(),n instanceof HTMLElement&&n.focus({preventScroll:!0}),this.rest(i),this.fit()},this.left=()=>{this.dialog?.open===!1&&this.closed()},this.fit=()=>{const i=visualViewport,n=i!==null&&i.scale<1.01&&i.height<innerHeight-1;this.host.style.setProperty("--_seen",n?`${i.height}px`:null),this.host.style.setProperty("--_top",n?`${i.offsetTop}px`:null)},t.addController(this)}hostConnected(){this.small.addEventListener("change",this.again),visualViewport?.addEventListener("resize",this.fit),visualViewport?.addEventListener("scroll",this.fit)}hostDisconnected(){this.small.removeEventListener("change",this.again),visualViewport?.removeEventListener("resize",this.fit),visualViewport?.removeEventListener("scroll",this.fit),this.place(null)}place(t){t!==this.dialog&&(this.dialog?.removeEventListener("close",this.left),this.dialog=t,t?.addEventListener("close",this.left),this.again())}rest(t){const{style:e}=document.documentElement;t&&this.overflow===null?(this.overflow=e.overflow,e.overflow="hidden"):!t&&this.overflow!==null&&(e.overflow=this.overflow,this.overflow=null)}}const Xs=48,ne=8,Zs=.35;class Qs{constructor(t,e){this.box=e,this.shown=[],this.atEnd=!0,this.writing=!1,this.placed=-1,this.sizes=new ResizeObserver(()=>{const i=this.box();i&&i.scrollTop===this.placed&&this.toBeginning(i)}),t.addController(this)}hostDisconnected(){this.sizes.disconnect()}leave(){this.shown=[]}note(){const t=this.box();this.atEnd=!t||t.scrollHeight-t.scrollTop-t.clientHeight<Xs}follow(t,e){const i=this.box();if(!i)return;this.sizes.observe(i);const n=this.writing&&!e;if(this.writing=e,t===this.shown){n&&i.scrollTop===this.placed&&this.toBeginning(i);return}const o=t.at(-1),r=!this.shown.includes(o);this.shown=t,o?.from==="note"?i.scrollTop=i.scrollHeight:(r&&o?.from==="patient"||this.atEnd)&&this.toBeginning(i)}toBeginning(t){const e=t.querySelector(".asked.newest"),i=e?.nextElementSibling;let n=e?e.offsetTop-ne:0;if(e&&i instanceof HTMLElement){const[o,r]=[i.offsetTop-ne,t.scrollHeight-t.clientHeight];n=e.offsetHeight>t.clientHeight*Zs?o:r>n&&r<=o?r:n}t.scrollTop=n,this.placed=t.scrollTop}}const oe=y`
  --_paper: var(--stillnight-background, #0e1320);
  --_ink: var(--stillnight-text, #e3ddd1);
  --_quiet: #a7acbb;
  --_bubble: var(--stillnight-bubble, #182033);
  --_line: #242e47;
  --_fill: var(--_given, var(--stillnight-accent, #b7c2ec));
  --_on-fill: var(--_given-ink, var(--stillnight-on-accent, #0e1320));
  --_own: var(--_given, var(--stillnight-own, #2e3b66));
  --_on-own: var(--_given-ink, var(--stillnight-own-text, #f1efe9));
  --_link: var(--stillnight-link, #b7c2ec);
  --_edge: #64719f;
  --_hover: #1f2942;
  --_warn: #f2b48c;
  --_focus: #f1dca6;
  color-scheme: dark;
`,ti=y`
  .root {
    --_paper: var(--stillnight-background, #f5f2ec);
    --_ink: var(--stillnight-text, #1f2536);
    --_quiet: #575d6e;
    --_bubble: var(--stillnight-bubble, #fff);
    --_line: #e6e1d6;
    --_fill: var(--_given, var(--stillnight-accent, #34426f));
    --_on-fill: var(--_given-ink, var(--stillnight-on-accent, #fff));
    --_own: var(--_given, var(--stillnight-own, #34426f));
    --_on-own: var(--_given-ink, var(--stillnight-own-text, #fff));
    --_link: var(--stillnight-link, #34426f);
    --_edge: #757fa2;
    --_hover: #e9e8ee;
    --_warn: #9a3412;
    --_focus: #2f4fc0;
    color-scheme: light;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([scheme="light"])) .root { ${oe} }
  }
  :host([scheme="dark"]) .root { ${oe} }
  @media (prefers-contrast: more) {
    .root { --_line: var(--_ink); --_edge: var(--_ink); --_quiet: var(--_ink); }
  }
`,ei=y`
  /* The size of letters is the browser's own, whatever the page has made of it. */
  :host { display: contents; font-size: medium !important; }
  :host([inline]) { display: block; block-size: var(--stillnight-height, 40em); }
  :host([hidden]) { display: none; }

  .root {
    --_gap: 16px;
    all: initial;
    color: var(--_ink);
    font: max(17px, 1.0625em) / 1.5 var(--stillnight-font, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif);
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
  }
  .corner, .float {
    position: fixed; z-index: var(--stillnight-layer, 2147483000);
    --_side: calc(var(--_gap) + max(env(safe-area-inset-left), env(safe-area-inset-right)));
    inset-block: auto calc(var(--_gap) + env(safe-area-inset-bottom)); inset-inline: auto var(--_side);
  }
  :host([position="start"]) :is(.corner, .float) { inset-inline: var(--_side) auto; }

  *, *::before, *::after { box-sizing: border-box; }
  p, ul, h2 { margin: 0; }
  button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; }
  a { color: var(--_link); }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
  [tabindex="-1"]:focus:not(:focus-visible), .inner:focus { outline: 0; }
  [hidden] { display: none !important; }
  .unseen {
    position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }

  .launcher {
    position: relative; display: grid; place-items: center; inline-size: 3.5em; block-size: 3.5em; border: 0;
    border-radius: 50%; color: var(--_on-fill); background: var(--_fill); box-shadow: 0 4px 16px rgb(0 0 0 / .25);
  }
  .urgent-waiting {
    margin-inline-end: .5em; padding: .5em .75em; border: 2px solid var(--_warn); border-radius: 1em; color: var(--_ink); background: var(--_bubble);
  }
  .corner { display: flex; align-items: center; }
  .launcher svg { inline-size: 1.75em; block-size: 1.75em; }
  .badge {
    position: absolute; inset-block-start: -.25em; inset-inline-end: -.25em; min-inline-size: 1.6em;
    padding-inline: .375em; border: 2px solid #fff; border-radius: 1em; color: #fff; background: #9a3412;
    font-size: .875em; line-height: 1.5em; text-align: center;
  }

  .box {
    display: block; box-sizing: border-box; margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--_line);
    border-radius: 1em; background: var(--_paper); color: var(--_ink);
  }
  .float {
    inline-size: min(var(--stillnight-width, 24em), 100vw - 2 * var(--_gap)); max-inline-size: none;
    block-size: min(var(--stillnight-height, 40em), 100vh - 2 * var(--_gap));
    block-size: min(var(--stillnight-height, 40em), 100dvh - 2 * var(--_gap)); max-block-size: none;
    box-shadow: 0 8px 40px rgb(0 0 0 / .3);
  }
  :host([inline]) .box { inline-size: 100%; block-size: 100%; max-block-size: var(--_seen, none); }
  /* Where head, foot and a piece of the conversation do not fit, all of it scrolls. */
  .inner { position: relative; display: flex; flex-direction: column; block-size: 100%; overflow-y: auto; }
`,si=y`
  .head {
    display: flex; flex: none; align-items: center; gap: .5em; padding-block: .5em; padding-inline: 1em .5em;
    border-block-end: 1px solid var(--_line);
  }
  .head div { flex: 1; min-inline-size: 0; }
  h2 { font-size: 1em; line-height: 1.3; }
  .tagline { color: var(--_quiet); font-size: .8236em; line-height: 1.3; }
  .icon {
    display: grid; flex: none; place-items: center; inline-size: max(44px, 2.6em); block-size: max(44px, 2.6em);
    padding: 0; border: 0; border-radius: 50%; background: none;
  }
  .icon svg { inline-size: 1.4em; block-size: 1.4em; }
  .icon:hover, .choices button:hover, .paper button:hover, .menu button:hover { background: var(--_hover); }

  .menu {
    display: grid; flex: none; padding: .25em;
    border-block-end: 1px solid var(--_line); background: var(--_bubble);
  }
  .menu button, .menu a, .menu label, .menu > p { display: flex; align-items: center; gap: .25em .75em; min-block-size: 44px; padding: .375em .75em; }
  .menu > p { flex-wrap: wrap; }
  .menu button, .menu > a { border: 0; border-radius: .5em; background: none; text-align: start; }
  .menu input { flex: none; inline-size: 1.25em; block-size: 1.25em; accent-color: var(--_link); }
  .menu.confirm { gap: .5em; padding: .5em .75em .75em; }
`,ii=y`
  .log {
    position: relative; display: flex; flex: 1 1 0; flex-direction: column; gap: .75em; min-block-size: 8em; overflow-y: auto;
    padding: 1em; overscroll-behavior: contain;
  }
  .log:focus-visible { outline-offset: -3px; }
  .message { max-inline-size: 100%; }
  .bubble { padding: .6em .8em; border-radius: 1.1em; }
  .text { display: block; white-space: pre-line; }
  .told .bubble {
    margin-inline-end: 1.5em; border: 1px solid var(--_line); border-end-start-radius: .25em; background: var(--_bubble);
  }
  .told.urgent .bubble { border: 2px solid var(--_warn); }
  .asked { align-self: end; margin-inline-start: 2.5em; }
  .asked .bubble { border-end-end-radius: .25em; color: var(--_on-own); background: var(--_own); }
  .asked.waiting .bubble { opacity: .8; }
  .line + .line { margin-block-start: .5em; }
  /* Blocks in the line: what stands to the right and left of them moves nothing in them, and they break last. */
  .number, .reach, .whose { display: inline-block; }
  .number { direction: ltr; font-weight: 600; }
  .picture {
    margin-block-start: .5em; margin-inline-end: 1.5em; padding: .75em; border: 1px solid var(--_line);
    border-radius: 1em; background: var(--_bubble);
  }
  .picture svg { display: block; inline-size: 100%; max-inline-size: 28em; block-size: auto; }
  .note { align-self: center; color: var(--_quiet); font-size: .9em; text-align: center; }

  .below {
    display: flex; flex-wrap: wrap; align-items: center; gap: 0 .75em; margin-inline: .25em; color: var(--_quiet);
    font-size: .9em;
  }
  .below button, .failed button {
    min-inline-size: 44px; min-block-size: 44px; padding-inline: .5em; border: 0; border-radius: .5em; background: none;
    text-decoration: underline;
  }
  .reason { display: flex; flex: 1; flex-wrap: wrap; align-items: center; gap: .25em .5em; padding: 0; }
  .reason label { flex: 1 1 100%; }
  .reason input {
    display: block; inline-size: 100%; min-block-size: 44px; padding-inline: .75em; border: 1px solid var(--_edge);
    border-radius: .75em; color: var(--_ink); background: var(--_bubble);
  }
  details { inline-size: 100%; }
  summary { min-block-size: 44px; padding-block: .6em; cursor: pointer; }
  details ul { padding-inline-start: 1.1em; }
  details li { padding-block: .25em; }
  .where { display: block; }

  .choices, .paper { display: flex; flex-wrap: wrap; gap: .5em; }
  .paper { margin-block-start: .5em; }
  .choices button, .paper button, .confirm button, .trouble button {
    justify-content: center; min-block-size: 44px; padding: .45em 1em; border: 1px solid var(--_edge);
    border-radius: 1.4em; background: var(--_bubble); text-align: start;
  }
  .confirm .danger { border-color: var(--_warn); color: var(--_warn); }

  .typing { display: inline-flex; gap: .375em; }
  .typing i {
    inline-size: .5em; block-size: .5em; border-radius: 50%; background: var(--_quiet); animation: breathe 1.4s infinite;
  }
  .typing i:nth-child(2) { animation-delay: .2s; }
  .typing i:nth-child(3) { animation-delay: .4s; }
  @keyframes breathe { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
`,ni=y`
  .trouble {
    display: grid; flex: none; gap: .5em; justify-items: start; padding: .75em 1em; color: var(--_warn);
    border-block-start: 1px solid var(--_line);
  }
  .trouble button { color: var(--_ink); }
  .composer { flex: none; padding: .6em .75em 0; border-block-start: 1px solid var(--_line); }
  .field {
    display: flex; align-items: end; gap: .5em; padding: .25em; border: 1px solid var(--_edge); border-radius: 1.6em;
    background: var(--_bubble);
  }
  .field:focus-within { outline: 3px solid var(--_focus); outline-offset: 1px; }
  textarea {
    flex: 1; min-inline-size: 0; min-block-size: 44px; max-block-size: 8em; padding: .5em .75em; border: 0; outline: 0;
    resize: none; background: none; line-height: 1.5; field-sizing: content;
  }
  textarea:focus-visible { outline: 0; }
  textarea::placeholder { color: var(--_quiet); opacity: 1; }
  .field:has(.send:focus-visible) { outline: 0; }
  .send {
    flex: none; min-inline-size: 44px; min-block-size: 44px; padding-inline: 1em; border: 0; border-radius: 1.4em;
    color: var(--_on-fill); background: var(--_fill);
  }
  .counter { padding-block-start: .375em; font-size: .85em; text-align: center; }
  .counter.over { color: var(--_warn); }
  .emergency {
    display: flex; flex: none; flex-wrap: wrap; align-items: center; justify-content: center; column-gap: .5em;
    padding: 0 .75em env(safe-area-inset-bottom); font-size: .85em; line-height: 1.35; text-align: center;
  }
  .emergency button {
    min-block-size: 44px; padding: 0 .25em; border: 0; background: none; text-decoration: underline;
  }
  .emergency span { margin-block: .5em; }
  .emergency .number { padding: .75em .25em; margin-block: -.25em; }
`,oi=y`
  @media ${gt(ie)} {
    .float { inset: var(--_top, 0) 0 auto 0 !important; inline-size: 100vw; block-size: var(--_seen, 100vh); border: 0; border-radius: 0; padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left); }
    @supports (block-size: 100dvh) { .float { block-size: var(--_seen, 100dvh); } }
  }
  /* A keyboard is open, or the page is enlarged: what does not change makes room for what is read. */
  @media (max-height: 24em) {
    .tagline { display: none; }
    .head { padding-block: 0; }
  }
  @media (prefers-reduced-motion: reduce) { .typing i { animation: none; opacity: .6; } }
  @media (forced-colors: active) {
    .bubble, .box, .picture, .field, .launcher, .send, .choices button, .paper button, .icon { border: 1px solid; }
    .told.urgent .bubble { border-width: 3px; }
    .typing i { background: CanvasText; }
  }
  @media print {
    .corner, .float, .icon, .choices, .composer, .paper, .below button, .helpful { display: none; }
    .box, .inner, .log { display: block; block-size: auto; overflow: visible; }
  }
`,ri=[ti,ei,si,ii,ni,oi],ai=6e4,G=class G extends H{constructor(){super(),this.conversation=null,this.frame=new Js(this,()=>this.hide()),this.place=new Qs(this,()=>this.log()),this.opener=null,this.open=!1,this.inline=!1,this.locale="en",this.server="",this.menu="closed",this.copied=null,this.unread=0,this.urgent=!1}show(){if(this.open||this.inline){this.focusField();return}const t=document.activeElement;this.opener=t instanceof HTMLElement&&t!==this&&t!==document.body?t:null,this.open=!0,this.unread=0,this.urgent=!1,this.tell("open"),this.begin(),this.updateComplete.then(()=>this.focusField())}hide(){this.open&&(this.open=!1,this.menu="closed",this.place.leave(),this.conversation?.rest(),this.tell("close"),this.opener?.isConnected?this.opener.focus():this.focusOn(".launcher"))}ask(t){this.show(),this.inline&&this.scrollIntoView({block:"nearest"});const e=Array.from(t.trim()).slice(0,N).join("");e&&(this.talk().send(e),this.tell("message"))}connectedCallback(){super.connectedCallback(),(this.open||this.inline||Ge(this.server))&&this.begin()}disconnectedCallback(){super.disconnectedCallback(),this.conversation?.stop(),this.conversation=null}shouldUpdate(){return this.isConnected}willUpdate(t){if(t.has("accent")){const e=this.accent?is(this.accent,this):null;this.style.setProperty("--_given",e&&this.accent?this.accent:null),this.style.setProperty("--_given-ink",e)}t.has("country")&&this.conversation&&this.conversation.renumber(),this.place.note()}updated(){this.frame.place(this.renderRoot.querySelector("dialog"));const t=this.field();t&&ws(t),this.place.follow(this.conversation?.entries??[],this.conversation?.writing??!1)}render(){const{lang:t,words:e}=x(this.locale),i=A(t);if(this.inline)return l`<section class="root box" lang=${t} dir=${i} aria-label=${this.heading??e.title}>
        ${this.box()}
      </section>`;if(this.open)return l`<dialog class="root box float" lang=${t} dir=${i} aria-label=${this.heading??e.title}>
        ${this.box()}
      </dialog>`;const n=this.unread?Nt(e.unread,{count:this.unread}):"";return l`<div class="root corner" lang=${t} dir=${i}>
      <span role="alert">${this.urgent?l`<span class="urgent-waiting">${e.urgentWaiting}</span>`:u}</span>
      <button class="launcher" type="button" aria-haspopup="dialog" @click=${()=>this.show()}>
        ${Ts}<span class="unseen">${e.open} ${n}</span>
        ${this.unread?l`<span class="badge" aria-hidden="true">${this.unread}</span>`:u}
      </button>
    </div>`}box(){const t=this.view();return l`<div class="inner" tabindex="-1" @keydown=${e=>this.pressed(e)}>
      ${zs(t)} ${Us(t)} ${gs(t)}
    </div>`}view(){const{lang:t,words:e}=x(this.locale),i=this.talk();return{talk:i,words:e,lang:t,heading:this.heading??e.title,greeting:this.greeting,contact:(this.contact??i.numbers?.clinic??"").trim(),inline:this.inline,menu:this.menu,copied:this.copied,send:(n,o)=>this.send(n,o),judge:(n,o,r)=>this.judge(n,o,r),copy:n=>void this.copy(n),print:()=>this.talk().print(),pdf:n=>void this.save(n,()=>this.talk().pdf()),show:n=>this.turnTo(n),close:()=>this.hide(),download:n=>void this.download(n),privacy:new URL("../privacy",new URL(this.server,location.href)).href,retry:()=>this.retry(),startAgain:()=>void this.startAgain(),forget:()=>void this.forget()}}send(t,e){this.menu="closed";const i=this.shadowRoot?.activeElement?.matches("textarea, .send");this.talk().send(t,e),this.tell("message"),this.focusOn(i&&!re()?"textarea":".asked.newest")}judge(t,e,i){this.talk().judge(t,e,i);const n=`.told[data-answer="${CSS.escape(t.id)}"]`;this.focusOn(`${n} ${e||i!==void 0?".thanks":".reason input"}`),this.talk().say(x(this.locale).words.thanks)}async copy(t){const e=t.sources.map(({title:i,year:n,url:o})=>[i,n,o].filter(Boolean).join(", "));try{await navigator.clipboard.writeText([t.text,...e].join(`
`))}catch{return}this.copied=t.id,this.talk().say(x(this.locale).words.copied)}turnTo(t){this.menu=t,this.focusOn({closed:".more",open:".menu button",forgetting:".keep"}[t])}pressed(t){t.key!=="Escape"||t.isComposing||this.inline&&this.menu==="closed"||(t.preventDefault(),t.stopPropagation(),this.menu==="closed"?this.hide():this.turnTo("closed"))}retry(){this.talk().retry(),this.focusField()}async startAgain(){this.turnTo("closed"),await this.talk().startAgain().catch(()=>{})}async forget(){this.turnTo("closed");try{await this.talk().forget(),this.tell("forgotten")}catch{this.talk().warn(x(this.locale).words.notForgotten)}}async download(t){this.turnTo("closed");const e={transcript:"stillnight.txt",export:"stillnight.json",diary:"diary.csv"}[t];await this.save(e,()=>this.talk().copied(t))}async save(t,e){let i;try{i=await e()}catch{this.talk().warn(x(this.locale).words.notLoaded);return}const n=document.createElement("a");n.href=URL.createObjectURL(i),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),ai)}async begin(){await this.talk().begin().catch(()=>{})}talk(){return this.conversation??=new es(this.server,{strings:()=>x(this.locale).words,country:()=>this.country,changed:()=>this.requestUpdate(),watched:()=>this.open||this.inline,answered:t=>{this.tell("answer"),!(this.open||this.inline)&&(this.unread+=1,this.urgent||=t.urgent)}}),this.conversation}tell(t){this.dispatchEvent(new CustomEvent(`stillnight-${t}`,{bubbles:!0,composed:!0}))}focusField(){this.focusOn(re()?".log":"textarea")}focusOn(t){this.updateComplete.then(()=>{this.renderRoot.querySelector(t)?.focus({preventScroll:!0})})}field(){return this.renderRoot.querySelector("textarea")}log(){return this.hasUpdated?this.renderRoot.querySelector(".log"):null}};G.styles=ri,G.properties={open:{type:Boolean,reflect:!0},inline:{type:Boolean,reflect:!0},heading:{type:String},greeting:{type:String},locale:{type:String},country:{type:String},contact:{type:String},accent:{type:String},server:{type:String},menu:{state:!0},copied:{state:!0},unread:{state:!0},urgent:{state:!0}};let Y=G;function re(){return matchMedia("(pointer: coarse)").matches}const ae="stillnight-chat",li="/webhooks/web",ci={title:"heading",greeting:"greeting",locale:"locale",country:"country",contact:"contact",color:"accent",position:"position",scheme:"scheme"},ut=document.currentScript??document.querySelector('script[src*="/widget/stillnight.js"]');function le(){if(customElements.get(ae))return;if(!("showModal"in HTMLDialogElement.prototype&&"TextDecoderStream"in globalThis)){console.warn("Stillnight: this browser is too old for the chat.");return}customElements.define(ae,Y);const s=ut?.dataset??{},t=ut?.src?new URL(ut.src,location.href).origin:location.origin,e=hi(s.target),i=new Y;i.server=(s.server??t).replace(/\/+$/,"")+li,i.locale=document.documentElement.lang||navigator.language;for(const[n,o]of Object.entries(ci)){const r=s[n];r!==void 0&&i.setAttribute(o,r)}i.inline=e!==null,(e??document.body).append(i),window.Stillnight={element:i,open:()=>ce(i).show(),close:()=>i.hide(),ask:n=>ce(i).ask(n)}}function ce(s){return s.isConnected||document.body.append(s),s}function hi(s){if(s===void 0)return null;let t=null;try{t=document.querySelector(s)}catch{}return t||console.warn(`Stillnight: nothing on the page is ${s}, so the chat stands behind a button.`),t}document.readyState==="loading"?addEventListener("DOMContentLoaded",le,{once:!0}):le()})();
